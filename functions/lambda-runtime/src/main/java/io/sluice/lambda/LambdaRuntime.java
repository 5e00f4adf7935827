package io.sluice.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Runs a {@link RequestStreamHandler} on Lambda's Runtime API with true response streaming: what
 * the handler flushes leaves at once. The handler's class is named by {@code _HANDLER} and has a
 * constructor without arguments; with {@code AWS_LAMBDA_MAX_CONCURRENCY} one instance answers that
 * many invocations at once, so that it must be thread-safe. A handler that is {@link AutoCloseable}
 * is closed on SIGTERM; what it then throws ends its answer with error trailers.
 */
public final class LambdaRuntime {

  private final Map<String, String> variables;
  private final RuntimeLog log;
  private final Shutdown shutdown;

  /**
   * @param variables the environment
   */
  LambdaRuntime(Map<String, String> variables, RuntimeLog log) {
    this.variables = Map.copyOf(variables);
    this.log = log;
    this.shutdown = new Shutdown(log);
  }

  /**
   * Runs until Lambda ends the process. Exit code 0 after SIGTERM; 1 when the handler can't be made
   * or the Runtime API is gone.
   */
  public static void main(String[] arguments) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.US_ASCII);
    RuntimeLog log = new RuntimeLog(out);
    try {
      if (startedAfresh(arguments, log)) {
        return;
      }
      LambdaRuntime runtime = new LambdaRuntime(System.getenv(), log);
      Thread hook = new Thread(runtime::terminated, "shutdown");
      Runtime.getRuntime().addShutdownHook(hook);
      try {
        runtime.run();
      } finally {
        remove(hook);
      }
    } catch (Throwable e) {
      log.problem("the runtime ends", "", e);
    }
    System.exit(1); // waits for ever when SIGTERM came first
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // SIGTERM: it runs already, and ends the process
    }
  }

  /** On SIGTERM, which is no failure. */
  private void terminated() {
    shutdown.run();
    Runtime.getRuntime().halt(0);
  }

  /**
   * Looks at the AOT cache. Where its classes are not those of the jars, the runtime starts once
   * more in a class loader that reads the jars.
   *
   * @return whether it did, and has ended
   */
  private static boolean startedAfresh(String[] arguments, RuntimeLog log) throws IOException {
    if (!ClassLoader.getSystemClassLoader().equals(LambdaRuntime.class.getClassLoader())) {
      return false;
    }
    AotCache.Unused unused = AotCache.unused();
    if (unused != null) {
      log.unusedCache(unused);
    } else if (AotCache.stale()) {
      log.unusedCache(
          new AotCache.Unused("rejected", "it was made from other jars than the function's"));
      JarLoader.start(
          System.getProperty("java.class.path"), LambdaRuntime.class.getName(), arguments);
      return true;
    }
    return false;
  }

  /**
   * Makes the handler and works until the Runtime API is gone or {@link #shutdown} ends it. A
   * handler that can't be made is told to Lambda.
   *
   * @throws IOException if the Runtime API can't be reached
   */
  void run() throws IOException {
    FunctionEnvironment environment;
    RequestStreamHandler handler;
    try {
      environment = FunctionEnvironment.of(variables);
      handler = handler(environment.handler());
    } catch (Throwable e) {
      failInit(
          e instanceof ReflectiveOperationException && e.getCause() != null ? e.getCause() : e);
      return;
    }
    work(handler, environment);
  }

  private void failInit(Throwable problem) throws IOException {
    FailureReport failure = FailureReport.ofInit(problem);
    log.problem("the function could not start: " + failure.message(), "", problem);
    String runtimeApi = variables.get("AWS_LAMBDA_RUNTIME_API");
    if (runtimeApi != null) {
      try (RuntimeApi api = new RuntimeApi(runtimeApi)) {
        api.failInit(failure);
      }
    }
  }

  private static RequestStreamHandler handler(String className)
      throws ReflectiveOperationException {
    Object made = Class.forName(className).getDeclaredConstructor().newInstance();
    if (made instanceof RequestStreamHandler handler) {
      return handler;
    }
    throw new IllegalArgumentException(className + " is no RequestStreamHandler");
  }

  /** Has the handler answer invocations until the Runtime API is gone or all workers ended. */
  void work(RequestStreamHandler handler, FunctionEnvironment environment) throws IOException {
    List<Worker> workers = new ArrayList<>();
    for (int i = 0; i < environment.workers(); i++) {
      workers.add(new Worker(new RuntimeApi(environment.runtimeApi()), handler, environment, log));
    }
    shutdown.covers(handler, workers);
    if (workers.size() == 1) {
      workers.getFirst().run();
    } else {
      workTogether(workers);
    }
  }

  private static void workTogether(List<Worker> workers) throws IOException {
    BlockingQueue<Optional<Throwable>> ends = new LinkedBlockingQueue<>();
    for (int i = 0; i < workers.size(); i++) {
      Worker worker = workers.get(i);
      Thread.ofPlatform()
          .daemon()
          .name("worker-" + i)
          .start(
              () -> {
                Optional<Throwable> end = Optional.empty();
                try {
                  worker.run();
                } catch (Throwable e) {
                  end = Optional.of(e);
                }
                ends.add(end);
              });
    }
    try {
      for (int i = 0; i < workers.size(); i++) {
        Optional<Throwable> end = ends.take();
        if (end.isPresent()) {
          throw new IOException("a worker ended", end.get());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What SIGTERM does. */
  Shutdown shutdown() {
    return shutdown;
  }
}
