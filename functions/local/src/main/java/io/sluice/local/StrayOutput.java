package io.sluice.local;

import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLog;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Turns what a library prints into log lines, so that every line of the process is JSON. */
final class StrayOutput extends OutputStream {

  private static final int LONGEST = 2_000;

  private final JsonLog log;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private StrayOutput(JsonLog log) {
    this.log = log;
  }

  /** A stream whose lines become log lines. */
  static PrintStream to(JsonLog log) {
    return new PrintStream(new StrayOutput(log), true, StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void write(int b) {
    if (b != '\n') {
      if (line.size() < LONGEST) {
        line.write(b);
      }
      return;
    }
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (!text.isBlank()) {
      log.line(
          JsonLog.Level.WARNING,
          "process",
          "a library printed a line",
          JsonObject.builder().put("text", text).build());
    }
  }
}
