package io.sluice.demomodel;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives requests their turn at the model, one after the other. The model's native calls block, so
 * they run on a platform thread of their own; pieces reach the asking thread by a queue.
 * Thread-safe.
 */
final class GenerationQueue implements AutoCloseable {

  /** Takes the pieces of one answer, on the asking thread. */
  @FunctionalInterface
  interface Sink {
    /**
     * @return whether further pieces are wanted
     * @throws IOException if the caller left
     */
    boolean accept(String piece) throws IOException;
  }

  private sealed interface Event {}

  private record Piece(String text) implements Event {}

  private record Done(int tokens, @Nullable RuntimeException problem) implements Event {}

  private final LanguageModel model;
  private final ExecutorService inference =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("inference").factory());
  private final Semaphore places = new Semaphore(Limits.WAITING);
  private volatile boolean closed;

  GenerationQueue(LanguageModel model) {
    this.model = model;
  }

  /**
   * Generates, when it is this request's turn.
   *
   * @return the tokens generated
   * @throws IOException what the sink threw; the generation has been told to end
   * @throws ModelRequestException 503, if too many wait or the model is being shut down
   */
  int generate(String prompt, LanguageModel.Options options, Sink sink)
      throws IOException, ModelRequestException, InterruptedException {
    if (closed || !places.tryAcquire()) {
      throw new ModelRequestException(503, "overloaded", "Too many requests wait for the model");
    }
    BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    Turn turn = new Turn(prompt, options, events);
    try {
      inference.execute(turn);
      while (true) {
        switch (events.take()) {
          case Piece(String text) -> {
            if (!turn.ended && !sink.accept(text)) {
              turn.ended = true;
            }
          }
          case Done(int tokens, RuntimeException problem) -> {
            if (problem != null) {
              throw new ModelRequestException(500, "model_failed", "The model failed");
            }
            if (closed) {
              throw new ModelRequestException(503, "shutting_down", "The demo model is stopping");
            }
            return tokens;
          }
        }
      }
    } finally {
      turn.ended = true;
      places.release();
    }
  }

  /** Ends the running generation, waits for its thread, and closes the model. */
  @Override
  public void close() {
    closed = true;
    inference.shutdown();
    try {
      // Closing the model under a running generation crashes the process: the prompt of a running
      // request is worked off within this time.
      if (inference.awaitTermination(20, TimeUnit.SECONDS)) {
        model.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Turn implements Runnable {
    private final String prompt;
    private final LanguageModel.Options options;
    private final BlockingQueue<Event> events;
    private volatile boolean ended;

    Turn(String prompt, LanguageModel.Options options, BlockingQueue<Event> events) {
      this.prompt = prompt;
      this.options = options;
      this.events = events;
    }

    @Override
    public void run() {
      int tokens = 0;
      RuntimeException problem = null;
      try {
        if (!ended && !closed) {
          tokens = model.generate(prompt, options, this::offer);
        }
      } catch (RuntimeException e) {
        problem = e;
      }
      events.add(new Done(tokens, problem));
    }

    private boolean offer(String piece) {
      events.add(new Piece(piece));
      return !ended && !closed;
    }
  }
}
