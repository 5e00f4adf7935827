package io.sluice.gitlab;

import java.time.Duration;

/**
 * How long a client waits (client 1.3).
 *
 * @param head from the request to the answer's headers
 * @param gap from one piece of the body to the next
 * @param total for all of it
 */
public record Patience(Duration head, Duration gap, Duration total) {

  private static final Duration UNLIMITED = Duration.ofHours(1);

  /** Rails' calls of models: {@code ai_gateway_timeout_seconds}, read by read. */
  static final Patience RAILS =
      new Patience(Duration.ofSeconds(60), Duration.ofSeconds(60), UNLIMITED);

  /** Workhorse's calls for code: headers within 55 s, then any body. */
  static final Patience WORKHORSE = new Patience(Duration.ofSeconds(55), UNLIMITED, UNLIMITED);

  /** "Test connection" and the end-to-end probe. */
  static final Patience PROBE = within(Duration.ofSeconds(3));

  /** The language server's direct calls. */
  static final Patience IDE = within(Duration.ofSeconds(5));

  /** Rails' calls for a user token and for embeddings. */
  static final Patience HALF_A_MINUTE = within(Duration.ofSeconds(30));

  /** All of it within that time. */
  static Patience within(Duration total) {
    return new Patience(total, total, total);
  }
}
