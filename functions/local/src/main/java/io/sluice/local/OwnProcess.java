package io.sluice.local;

import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLines;
import io.sluice.core.log.JsonLog;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** A process that is the gateway's alone: all that it prints is JSON lines, and signals end it. */
final class OwnProcess implements Surroundings {

  private final Signals signals = Signals.listen();

  /**
   * The log on standard output; but where the demo speaks to a terminal, in a file beside the audit
   * records.
   */
  @Override
  public JsonLog log(Settings settings, Clock clock) throws StartupException {
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    JsonLog log =
        new JsonLines(
            settings.demo() && terminal ? file(settings) : new FileOutputStream(FileDescriptor.out),
            clock);
    System.setOut(StrayOutput.to(log));
    System.setErr(StrayOutput.to(log));
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, problem) ->
            log.line(
                JsonLog.Level.ERROR,
                "process",
                "a thread ended unforeseen",
                JsonObject.builder().put("exception_class", problem.getClass().getName()).build()));
    return log;
  }

  @Override
  public void awaitEnd() throws InterruptedException {
    signals.await();
  }

  private static FileOutputStream file(Settings settings) throws StartupException {
    Path file = DataDirectory.prepare(settings.dataDirectory()).resolve("log.jsonl");
    try {
      return new FileOutputStream(file.toFile(), true);
    } catch (IOException e) {
      throw new StartupException("--data-dir", file + " can't be written");
    }
  }
}
