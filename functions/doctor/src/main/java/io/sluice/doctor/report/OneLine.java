package io.sluice.doctor.report;

import io.sluice.core.log.Redaction;

/** Text of others, made fit for a terminal. */
final class OneLine {

  private static final int LONGEST = 600;

  private OneLine() {}

  /** The text on one line, without control characters and what looks like a credential. */
  static String of(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
        .forEach(line::appendCodePoint);
    String redacted = Redaction.mask(line.toString().strip());
    return redacted.length() <= LONGEST ? redacted : redacted.substring(0, LONGEST) + "...";
  }
}
