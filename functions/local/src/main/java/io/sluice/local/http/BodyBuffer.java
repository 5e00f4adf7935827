package io.sluice.local.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Gathers a body as it arrives. It grows with what has arrived, not with what was announced. Not
 * thread-safe: belongs to one connection's event loop, but for {@link #release}.
 */
final class BodyBuffer {

  /** Whether a piece was taken. */
  enum Outcome {
    TAKEN,
    TOO_LARGE,
    NO_MEMORY
  }

  private static final int FIRST = 4 * 1024;

  private final BodyBudget budget;
  private final int max;
  private final int expected;
  private byte[] bytes = new byte[0];
  private int size;

  /**
   * @param max the most bytes that are taken
   * @param announced the Content-Length; negative when there is none
   */
  BodyBuffer(BodyBudget budget, int max, long announced) {
    this.budget = budget;
    this.max = max;
    this.expected = announced < 0 ? max : (int) Math.min(announced, max);
  }

  Outcome add(ByteBuf piece) {
    int more = piece.readableBytes();
    if (more > max - size) {
      return Outcome.TOO_LARGE;
    }
    if (!makeRoom(size + more)) {
      return Outcome.NO_MEMORY;
    }
    piece.readBytes(bytes, size, more);
    size += more;
    return Outcome.TAKEN;
  }

  /** What has arrived. */
  byte[] bytes() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  /** Gives the memory back to the budget; call it once, when the body is of no use any more. */
  void release() {
    budget.giveBack(bytes.length);
  }

  private boolean makeRoom(int needed) {
    if (needed <= bytes.length) {
      return true;
    }
    int capacity = Math.max(needed, Math.min(expected, Math.max(FIRST, bytes.length * 2)));
    if (!budget.take(capacity - bytes.length)) {
      return false;
    }
    bytes = Arrays.copyOf(bytes, capacity);
    return true;
  }
}
