package io.sluice.doctor.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Takes a body piece by piece. Thread-safe. */
final class Arrivals implements java.net.http.HttpResponse.BodySubscriber<Boolean> {

  private static final int LARGEST = 8 * 1024 * 1024;

  private final long sent;
  private final List<Arrival> pieces = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final CompletableFuture<Boolean> end = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;
  private int size;

  /**
   * Takes a body.
   *
   * @param sent when the request was sent, by {@link System#nanoTime}
   */
  Arrivals(long sent) {
    this.sent = sent;
  }

  /** What came until now. */
  List<Arrival> pieces() {
    lock.lock();
    try {
      return List.copyOf(pieces);
    } finally {
      lock.unlock();
    }
  }

  /** Completes with whether the body came to its end in order. */
  @Override
  public CompletionStage<Boolean> getBody() {
    return end;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    Duration after = Duration.ofNanos(System.nanoTime() - sent);
    lock.lock();
    try {
      for (ByteBuffer buffer : buffers) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        size += bytes.length;
        pieces.add(new Arrival(after, bytes));
      }
    } finally {
      lock.unlock();
    }
    Flow.Subscription given = subscription;
    if (size > LARGEST && given != null) {
      given.cancel();
      end.complete(false);
    }
  }

  @Override
  public void onError(Throwable problem) {
    end.complete(false);
  }

  @Override
  public void onComplete() {
    end.complete(true);
  }
}
