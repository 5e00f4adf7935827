package io.sluice.backend.openai;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After}: seconds or a date (RFC 9110, section 10.2.3). */
final class RetryAfter {

  /** What lies further ahead is told as this: one hour. */
  private static final long LONGEST = 3_600;

  private RetryAfter() {}

  /** The seconds, between 0 and 3600; {@code null} for none that can be read. */
  static @Nullable Long seconds(@Nullable String value, Clock clock) {
    if (value == null) {
      return null;
    }
    String text = value.strip();
    if (text.matches("\\d{1,18}")) {
      return Math.min(LONGEST, Long.parseLong(text));
    }
    try {
      Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Math.clamp(Duration.between(clock.instant(), date).toSeconds(), 0, LONGEST);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
