package io.sluice.core.log;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Writes log lines to a stream, each with one write. Thread-safe. */
public final class JsonLines implements JsonLog {

  private final OutputStream out;
  private final Clock clock;

  public JsonLines(OutputStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  /** Lines on standard output, with an exception for each that it doesn't take. */
  public static JsonLines standardOutput(Clock clock) {
    return new JsonLines(new FileOutputStream(FileDescriptor.out), clock);
  }

  @Override
  public void line(Level level, String logger, String message, JsonObject fields) {
    try {
      write(level, logger, message, fields);
    } catch (IOException e) {
      // Standard output is gone: there is nowhere left to say so.
    }
  }

  /**
   * Writes a line as {@link #line} does.
   *
   * @throws IOException if the stream didn't take it; a {@link java.io.PrintStream} never says so
   */
  public void write(Level level, String logger, String message, JsonObject fields)
      throws IOException {
    JsonObject line =
        JsonObject.builder()
            .put("timestamp", clock.instant().toString())
            .put("level", level.name().toLowerCase(java.util.Locale.ROOT))
            .put("logger", logger)
            .put("message", message)
            .putAll(fields)
            .build();
    byte[] bytes = (Json.asciiLine(line) + "\n").getBytes(StandardCharsets.US_ASCII);
    synchronized (out) {
      out.write(bytes);
      out.flush();
    }
  }
}
