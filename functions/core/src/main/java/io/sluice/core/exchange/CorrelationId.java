package io.sluice.core.exchange;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The id that ties GitLab's log, ours and the audit records together (contract 9.1). */
public final class CorrelationId {

  public static final String HEADER = "X-Request-ID";
  private static final int MAX_LENGTH = 128;

  private CorrelationId() {}

  /**
   * The caller's id when it is 1 to 128 visible ASCII characters, else a new one of 32 hex digits.
   */
  public static String of(@Nullable String sent) {
    return sent != null && isAcceptable(sent)
        ? sent
        : UUID.randomUUID().toString().replace("-", "");
  }

  private static boolean isAcceptable(String id) {
    return !id.isEmpty()
        && id.length() <= MAX_LENGTH
        && id.chars().allMatch(c -> c > 0x20 && c < 0x7f);
  }
}
