package io.sluice.config.publish;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Begins again where another writer was quicker: a bounded number of times, with random pauses. */
final class Contention {

  private static final int ATTEMPTS = 10;
  private static final long FIRST_PAUSE_MS = 40;
  private static final long LONGEST_PAUSE_MS = 1_000;

  /** One attempt; empty where another writer was quicker. */
  @FunctionalInterface
  interface Attempt<T> {
    Optional<T> run() throws IOException;
  }

  /**
   * The outcome of the first attempt that isn't disturbed.
   *
   * @throws IOException if each one was
   */
  <T> T settle(Attempt<T> attempt) throws IOException {
    for (int i = 0; i < ATTEMPTS; i++) {
      if (i > 0) {
        pause(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << i));
      }
      Optional<T> outcome = attempt.run();
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    throw new IOException(
        "others changed the live snapshot all the time: nothing was changed here; try again");
  }

  private static void pause(long most) throws InterruptedIOException {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(most / 2, most));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while another writer was quicker");
    }
  }
}
