package io.sluice.stack.event;

import java.io.IOException;
import java.util.function.Consumer;

/** A loop on a thread of its own that asks a source again and again until it is closed. */
final class Polling implements AutoCloseable {

  private static final long AFTER_A_FAILURE_MILLIS = 200;

  private final Thread thread;
  private volatile boolean closed;

  /** Asks a source once; may wait for it. */
  @FunctionalInterface
  interface Round {
    void run() throws IOException, InterruptedException;
  }

  Polling(String name, Round round, Consumer<String> problems) {
    thread =
        Thread.ofVirtual()
            .name(name)
            .start(
                () -> {
                  while (!closed) {
                    try {
                      try {
                        round.run();
                      } catch (IOException | RuntimeException e) {
                        if (!closed) {
                          problems.accept(name + ": " + e);
                          Thread.sleep(AFTER_A_FAILURE_MILLIS);
                        }
                      }
                    } catch (InterruptedException e) {
                      return;
                    }
                  }
                });
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
