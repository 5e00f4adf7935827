package io.sluice.stack.function;

import io.sluice.testing.RuntimeApiAnswer;
import io.sluice.testing.RuntimeApiStub;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One execution environment: a process under a Runtime API of its own, one invocation at once. */
final class Sandbox implements AutoCloseable {

  private static final Pattern ERROR_TYPE =
      Pattern.compile("(?im)^Lambda-Runtime-Function-Error-Type: *(.*?)\\s*$");

  private final FunctionDefinition function;
  private final RuntimeApiStub api;
  private final Process process;
  private final boolean freezing;
  private int invocations;

  private Sandbox(
      FunctionDefinition function, RuntimeApiStub api, Process process, boolean freezing) {
    this.function = function;
    this.api = api;
    this.process = process;
    this.freezing = freezing;
  }

  /** Starts the process. */
  static Sandbox start(FunctionDefinition function, FunctionFiles files, Surroundings surroundings)
      throws IOException {
    RuntimeApiStub api = RuntimeApiStub.start();
    ProcessBuilder builder =
        new ProcessBuilder(files.command(function, surroundings))
            .directory(files.task().toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            new SandboxEnvironment(function, surroundings)
                .variables(
                    api.authority(),
                    surroundings.isolation().taskRoot(files.task()),
                    "2026/11/01/[$LATEST]" + UUID.randomUUID().toString().replace("-", "")));
    Process process = builder.start();
    Thread.ofVirtual()
        .name("log-" + function.name())
        .start(
            () -> {
              try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  surroundings.log().line(function.name(), line);
                }
              } catch (IOException e) {
                // The process ended.
              }
            });
    var _ = process.onExit().thenRun(api::close);
    return new Sandbox(function, api, process, surroundings.freezing());
  }

  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.isAlive();
  }

  /**
   * Waits until the runtime asks for its first invocation.
   *
   * @return how the start failed, {@code null} where it didn't
   */
  @Nullable FunctionError awaitInit(Duration patience) throws InterruptedException {
    if (api.awaitPolls(1, patience)) {
      return null;
    }
    RuntimeApiAnswer told = api.initError().getNow(null);
    if (told != null) {
      return new FunctionError(type(told.head(), "Runtime.Unknown"), told.text());
    }
    return process.isAlive()
        ? FunctionError.of("Sandbox.Timedout", "the init phase timed out")
        : FunctionError.of(
            "Runtime.ExitError", "Runtime exited with error: exit status " + process.exitValue());
  }

  /**
   * Runs one invocation to its end.
   *
   * @return whether the sandbox may take another one
   */
  boolean invoke(String functionArn, byte[] event, InvocationAnswer answer)
      throws InterruptedException {
    if (freezing && invocations > 0) {
      Signals.send(process.pid(), Signals.CONTINUE);
    }
    invocations++;
    long limit = function.timeout().toMillis();
    long end = System.nanoTime() + function.timeout().toNanos();
    RuntimeApiAnswer posted =
        api.invoke(
            answer.requestId(),
            functionArn,
            event,
            System.currentTimeMillis() + limit,
            "Lambda-Runtime-Trace-Id: Root=1-5bef4de7-"
                + answer.requestId().substring(0, 8)
                + "\r\n");
    while (true) {
      RuntimeApiAnswer.Chunk chunk =
          posted.poll(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      if (chunk != null) {
        if (!posted.kind().equals("error")) {
          answer.add(chunk.bytes());
        }
        continue;
      }
      if (posted.ended()) {
        break;
      }
      boolean late = process.isAlive();
      close();
      answer.end(late ? timedOut(limit) : exited());
      return false;
    }
    answer.end(failure(posted));
    return rest();
  }

  private static FunctionError timedOut(long limit) {
    return FunctionError.of(
        "Sandbox.Timedout",
        "Task timed out after %d.%02d seconds".formatted(limit / 1000, limit % 1000 / 10));
  }

  private FunctionError exited() throws InterruptedException {
    process.waitFor();
    return FunctionError.of(
        "Runtime.ExitError", "Runtime exited with error: exit status " + process.exitValue());
  }

  private static @Nullable FunctionError failure(RuntimeApiAnswer posted) {
    if (posted.kind().equals("error")) {
      return new FunctionError(type(posted.head(), "Unhandled"), posted.text());
    }
    return posted.trailers().isEmpty()
        ? null
        : FunctionError.of(
            type(posted.trailers(), "Unhandled"), "the function failed while it answered");
  }

  private static String type(String lines, String otherwise) {
    Matcher matcher = ERROR_TYPE.matcher(lines);
    String type = matcher.find() ? matcher.group(1) : null;
    return type == null ? otherwise : type;
  }

  /** Lambda freezes a sandbox once its runtime asks for the next invocation. */
  private boolean rest() throws InterruptedException {
    if (!api.awaitPolls(invocations + 1, function.timeout())) {
      close();
      return false;
    }
    if (freezing) {
      Signals.send(process.pid(), Signals.STOP);
    }
    return true;
  }

  void signal(int signal) {
    Signals.send(process.pid(), signal);
  }

  /** Ends the process at once. */
  @Override
  public void close() {
    process.destroyForcibly();
    api.close();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new UncheckedIOException(new IOException(function.name() + " can't be ended"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
