package io.sluice.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes one invocation after the other and has the handler answer it. Several workers share one
 * handler; each has its own connection. {@link #run} is for one thread; the rest for any other one.
 */
final class Worker {

  /** So many answers in a row without an invocation's id mean that this is no Runtime API. */
  private static final int MAX_ODD = 3;

  private final RuntimeApi api;
  private final RequestStreamHandler handler;
  private final FunctionEnvironment environment;
  private final RuntimeLog log;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Object lock = new Object();
  private volatile boolean ending;
  private @Nullable ResponseBody underWay; // guarded by lock

  Worker(
      RuntimeApi api,
      RequestStreamHandler handler,
      FunctionEnvironment environment,
      RuntimeLog log) {
    this.api = api;
    this.handler = handler;
    this.environment = environment;
    this.log = log;
  }

  /**
   * Works until the Runtime API is gone or {@link #end} is called.
   *
   * @throws IOException if the Runtime API can't be asked for the next invocation, or says that the
   *     sandbox is broken
   */
  void run() throws IOException {
    try {
      int odd = 0;
      while (!ending) {
        Invocation invocation = api.next();
        odd = invocation.requestId().isEmpty() ? odd + 1 : 0;
        if (odd == 0) {
          take(invocation);
        } else if (odd == MAX_ODD) {
          throw new IOException("the Runtime API sends invocations without an id");
        }
      }
    } catch (IOException e) {
      if (!ending) {
        throw e;
      }
    } finally {
      ended.countDown();
    }
  }

  private void take(Invocation invocation) throws IOException {
    ResponseBody body = api.respond(invocation);
    boolean late;
    synchronized (lock) {
      late = ending; // it came while the connection was being closed
      underWay = body;
    }
    try {
      if (late) {
        body.fail(FailureReport.SHUTDOWN);
      } else {
        answer(invocation, body);
      }
    } catch (IOException e) {
      // Lambda doesn't take the answer: it has given the invocation up. The next one may do.
      api.close();
      RefusedAnswerException refused = e instanceof RefusedAnswerException r ? r : null;
      log.problem(
          "an answer could not be delivered" + (refused == null ? "" : ": " + refused.getMessage()),
          invocation.requestId(),
          e);
      if (refused != null && refused.fatal()) {
        throw refused;
      }
    } finally {
      synchronized (lock) {
        underWay = null;
      }
    }
  }

  private void answer(Invocation invocation, ResponseBody body) throws IOException {
    Throwable problem = handle(invocation, body);
    Thread.interrupted(); // whatever the handler left: an interrupted thread can't send
    IOException broken = body.broken();
    if (broken != null) {
      throw broken; // also what the handler met
    }
    if (problem == null) {
      body.complete();
      return;
    }
    log.problem("the handler failed", invocation.requestId(), problem);
    body.fail(ending ? FailureReport.SHUTDOWN : FailureReport.ofInvocation(problem));
    if (problem instanceof VirtualMachineError && !(problem instanceof StackOverflowError)) {
      throw new IllegalStateException("the Java runtime is out of order", problem);
    }
  }

  /** What the handler threw, errors included: the next invocation must find a worker. */
  private @Nullable Throwable handle(Invocation invocation, ResponseBody body) {
    try {
      handler.handleRequest(
          new ByteArrayInputStream(invocation.event()),
          body,
          new InvocationContext(invocation, environment, log));
      return null;
    } catch (Throwable e) {
      return e;
    }
  }

  /** Takes no further invocation; ends at once when it waits for one. */
  void end() throws IOException {
    synchronized (lock) {
      ending = true;
      api.askNoMore();
      if (underWay == null) {
        api.close();
      }
    }
  }

  /** Whether {@link #run} has returned, or does so in that time. */
  boolean ended(long patienceMillis) throws InterruptedException {
    return ended.await(patienceMillis, TimeUnit.MILLISECONDS);
  }

  /** Ends the answer under way in the handler's stead. */
  void abandon(long patienceMillis) throws IOException, InterruptedException {
    ResponseBody body;
    synchronized (lock) {
      body = underWay;
    }
    if (body != null) {
      body.fail(FailureReport.SHUTDOWN, patienceMillis);
    }
  }
}
