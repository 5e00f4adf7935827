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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs a {@link RequestStreamHandler} on Lambda's Runtime API with true response streaming: what
 * the handler flushes leaves at once. The handler's class is named by {@code _HANDLER} and has a
 * constructor without arguments; with {@code AWS_LAMBDA_MAX_CONCURRENCY} one instance answers that
 * many invocations at once, so that it must be thread-safe.
 */
public final class LambdaRuntime {

  private final FunctionEnvironment environment;
  private final RuntimeLog log;

  LambdaRuntime(FunctionEnvironment environment, RuntimeLog log) {
    this.environment = environment;
    this.log = log;
  }

  /** Runs until Lambda ends the process; exit code 1 when the handler can't be made. */
  public static void main(String[] arguments) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.US_ASCII);
    RuntimeLog log = new RuntimeLog(out);
    try {
      if (startedAfresh(arguments, log)) {
        return;
      }
      FunctionEnvironment environment = FunctionEnvironment.of(System.getenv());
      new LambdaRuntime(environment, log).run();
    } catch (IOException | RuntimeException e) {
      log.problem("the runtime ends", "", e);
    }
    System.exit(1);
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
   * Makes the handler and works until the Runtime API is gone.
   *
   * @throws IOException if the Runtime API can't be reached
   */
  void run() throws IOException {
    RequestStreamHandler handler;
    try {
      handler = handler(environment.handler());
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      log.problem("the handler could not be made", "", cause);
      try (RuntimeApi api = new RuntimeApi(environment.runtimeApi())) {
        api.failInit(FailureReport.ofInit(cause));
      }
      return;
    }
    work(handler);
  }

  /** Has the handler answer invocations until the Runtime API is gone. */
  void work(RequestStreamHandler handler) throws IOException {
    List<Worker> workers = new ArrayList<>();
    for (int i = 0; i < environment.workers(); i++) {
      workers.add(new Worker(new RuntimeApi(environment.runtimeApi()), handler, environment, log));
    }
    if (workers.size() == 1) {
      workers.getFirst().run();
      return;
    }
    AtomicReference<IOException> problem = new AtomicReference<>();
    CountDownLatch first = new CountDownLatch(1);
    for (int i = 0; i < workers.size(); i++) {
      Worker worker = workers.get(i);
      Thread.ofPlatform()
          .daemon()
          .name("worker-" + i)
          .start(
              () -> {
                try {
                  worker.run();
                } catch (IOException e) {
                  problem.compareAndSet(null, e);
                  first.countDown();
                }
              });
    }
    try {
      first.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    throw new IOException("a worker ended", problem.get());
  }

  private static RequestStreamHandler handler(String className)
      throws ReflectiveOperationException {
    Object made = Class.forName(className).getDeclaredConstructor().newInstance();
    if (made instanceof RequestStreamHandler handler) {
      return handler;
    }
    throw new IllegalArgumentException(className + " is no RequestStreamHandler");
  }

  /** The environment as a map, for tests. */
  static LambdaRuntime of(Map<String, String> variables, PrintStream out) {
    return new LambdaRuntime(FunctionEnvironment.of(variables), new RuntimeLog(out));
  }
}
