package io.sluice.stack.function;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What a function answers, chunk by chunk as it comes. The function goes on whether or not anybody
 * reads, as on Lambda. For one reader.
 */
public final class InvocationAnswer {

  private final String requestId;

  /** Empty is the end. */
  private final BlockingQueue<Optional<byte[]>> chunks = new LinkedBlockingQueue<>();

  private volatile @Nullable FunctionError error;
  private volatile boolean ended;

  InvocationAnswer(String requestId) {
    this.requestId = requestId;
  }

  public String requestId() {
    return requestId;
  }

  void add(byte[] chunk) {
    chunks.add(Optional.of(chunk));
  }

  void end(@Nullable FunctionError failure) {
    error = failure;
    ended = true;
    chunks.add(Optional.empty());
  }

  /** Waits for the next chunk; {@code null} once the answer has ended. */
  public byte @Nullable [] next() throws InterruptedException {
    Optional<byte[]> chunk = chunks.take();
    if (chunk.isEmpty()) {
      chunks.add(chunk);
    }
    return chunk.orElse(null);
  }

  /**
   * Waits for the next chunk until that time of {@link System#nanoTime()}; {@code null} once the
   * answer has ended.
   *
   * @throws TimeoutException if nothing came
   */
  public byte @Nullable [] next(long endNanos) throws InterruptedException, TimeoutException {
    Optional<byte[]> chunk = chunks.poll(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    if (chunk == null) {
      throw new TimeoutException();
    }
    if (chunk.isEmpty()) {
      chunks.add(chunk);
    }
    return chunk.orElse(null);
  }

  /** Waits for the end; what the function answered, without what was read before. */
  public byte[] rest() throws InterruptedException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] chunk = next(); chunk != null; chunk = next()) {
      whole.writeBytes(chunk);
    }
    return whole.toByteArray();
  }

  /** How the invocation failed, {@code null} where it didn't. Final once {@link #next} ended. */
  public @Nullable FunctionError error() {
    if (!ended) {
      throw new IllegalStateException("the answer has not ended");
    }
    return error;
  }
}
