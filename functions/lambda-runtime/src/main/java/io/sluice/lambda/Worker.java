package io.sluice.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * Takes one invocation after the other and has the handler answer it. Several workers share one
 * handler; each has its own connection.
 */
final class Worker {

  private final RuntimeApi api;
  private final RequestStreamHandler handler;
  private final FunctionEnvironment environment;
  private final RuntimeLog log;

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
   * Works until the Runtime API is gone.
   *
   * @throws IOException if it can't be asked for the next invocation
   */
  void run() throws IOException {
    while (true) {
      Invocation invocation = api.next();
      try {
        answer(invocation);
      } catch (IOException e) {
        // The answer can't be delivered: Lambda has given the invocation up. The next one may do.
        log.problem("an answer could not be delivered", invocation.requestId(), e);
        api.close();
      }
    }
  }

  private void answer(Invocation invocation) throws IOException {
    ResponseBody body = api.respond(invocation);
    try {
      handler.handleRequest(
          new ByteArrayInputStream(invocation.event()),
          body,
          new InvocationContext(invocation, environment, log));
    } catch (IOException | RuntimeException | StackOverflowError | LinkageError e) {
      log.problem("the handler failed", invocation.requestId(), e);
      FailureReport failure = FailureReport.ofInvocation(e);
      if (body.begun()) {
        body.fail(failure);
      } else {
        api.fail(invocation, failure);
      }
      return;
    }
    body.complete();
  }
}
