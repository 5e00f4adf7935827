package io.sluice.backend.openai;

import io.sluice.core.model.ModelEvent.Failure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Bounds an answer: 8 MiB of text, and 64 bytes a token where the call limits its tokens (the
 * longest tokens are runs of blanks; a server that sends more ignores {@code max_tokens}), but
 * never under 64 KiB. For one thread.
 */
final class AnswerSize {

  /** The longest answer, in bytes of UTF-8. */
  static final int LONGEST = 8 * 1_048_576;

  private static final long SHORTEST = 65_536;
  private static final long BYTES_PER_TOKEN = 64;

  private final long limit;
  private long size;

  AnswerSize(@Nullable Integer maxTokens) {
    limit =
        maxTokens == null
            ? LONGEST
            : Math.clamp(maxTokens * BYTES_PER_TOKEN, SHORTEST, (long) LONGEST);
  }

  /**
   * Counts a piece.
   *
   * @throws CallFailure if the answer is too long now
   */
  void add(String text) throws CallFailure {
    size += text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      size += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
    }
    if (size > limit) {
      throw new CallFailure(
          Kind.TOO_LARGE, "The answer is longer than " + limit + " bytes, its limit.");
    }
  }
}
