package io.sluice.authorizer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers verified tokens by the SHA-256 of the whole token, for {@link #KEPT_FOR} at most. The
 * caller judges whether the token has expired and its key is still believed. Thread-safe.
 */
final class VerificationCache {

  static final Duration KEPT_FOR = Duration.ofMinutes(5);

  /**
   * GitLab makes a token for each request, so that most are seen once, at about 4 KB each;
   * verifying a user token anew costs 40 us. A few hundred are so young that they die before the
   * collector moves them: thousands were measured to fill the old generation.
   */
  static final int MAX_ENTRIES = 256;

  /** The SHA-256 of a whole token. */
  record Digest(long a, long b, long c, long d) {

    // Written out: a record's own methods are linked at the first call, at a cold start's cost.
    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
      return other instanceof Digest digest
          && digest.a == a
          && digest.b == b
          && digest.c == c
          && digest.d == d;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(a);
    }
  }

  private record Remembered(VerifiedToken token, Instant until) {}

  private final Clock clock;
  private final Map<Digest, Remembered> entries =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, Remembered> eldest) {
          return size() > MAX_ENTRIES;
        }
      };

  VerificationCache(Clock clock) {
    this.clock = clock;
  }

  /** What the token of that digest was verified to, {@code null} where it is not remembered. */
  @Nullable VerifiedToken find(Digest digest) {
    synchronized (entries) {
      Remembered entry = entries.get(digest);
      if (entry == null) {
        return null;
      }
      if (clock.instant().isBefore(entry.until)) {
        return entry.token;
      }
      entries.remove(digest);
      return null;
    }
  }

  /** Remembers a token that was verified just now. */
  void remember(Digest digest, VerifiedToken verified) {
    Remembered entry = new Remembered(verified, clock.instant().plus(KEPT_FOR));
    synchronized (entries) {
      entries.put(digest, entry);
    }
  }

  int size() {
    synchronized (entries) {
      return entries.size();
    }
  }

  /** What a token is remembered by. */
  static Digest digest(String token) {
    try {
      ByteBuffer hash =
          ByteBuffer.wrap(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
      return new Digest(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
