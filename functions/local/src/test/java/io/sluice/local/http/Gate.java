package io.sluice.local.http;

import io.sluice.core.http.HttpHandler;
import io.sluice.core.http.HttpRequest;
import io.sluice.core.http.ResponseStream;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** A handler that answers when it is told to. */
final class Gate implements HttpHandler {

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch opened = new CountDownLatch(1);
  private final CountDownLatch callerLeft = new CountDownLatch(1);

  @Override
  public void handle(HttpRequest request, ResponseStream response) throws IOException {
    response.onClosed(callerLeft::countDown);
    asked.countDown();
    await(opened);
    Server.echo(request, response);
  }

  void awaitRequest() {
    await(asked);
  }

  void awaitCallerLeft() {
    await(callerLeft);
  }

  void open() {
    opened.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
