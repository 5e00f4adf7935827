package io.sluice.local.http;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The value of the header {@code Date}, formatted once a second. Thread-safe. */
final class HttpDate {

  private record Formatted(long second, String text) {}

  private final Clock clock;
  private volatile Formatted last = new Formatted(Long.MIN_VALUE, "");

  HttpDate(Clock clock) {
    this.clock = clock;
  }

  String now() {
    long second = clock.millis() / 1_000;
    Formatted formatted = last;
    if (formatted.second != second) {
      String text =
          DateTimeFormatter.RFC_1123_DATE_TIME.format(
              Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC));
      formatted = new Formatted(second, text);
      last = formatted;
    }
    return formatted.text;
  }
}
