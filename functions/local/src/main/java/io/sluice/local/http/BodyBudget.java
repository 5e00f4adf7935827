package io.sluice.local.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that the bodies of all requests share, so that many large ones at once cannot exhaust
 * the heap. Thread-safe.
 */
final class BodyBudget {

  private final AtomicLong left;

  BodyBudget(long bytes) {
    left = new AtomicLong(bytes);
  }

  /** Takes that many bytes; false, and nothing taken, where they are not left. */
  boolean take(int bytes) {
    if (left.addAndGet(-bytes) >= 0) {
      return true;
    }
    left.addAndGet(bytes);
    return false;
  }

  void giveBack(int bytes) {
    left.addAndGet(bytes);
  }
}
