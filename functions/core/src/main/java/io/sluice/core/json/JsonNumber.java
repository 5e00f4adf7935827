package io.sluice.core.json;

import java.math.BigDecimal;

/** A JSON number, kept as it was written: {@code text} is its JSON spelling. */
public record JsonNumber(String text) implements JsonValue {

  /**
   * The JSON number of a Java number.
   *
   * @throws IllegalArgumentException if it is infinite or not a number: JSON has no such value
   */
  public static JsonNumber of(Number number) {
    if (number instanceof Double || number instanceof Float) {
      double value = number.doubleValue();
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("JSON has no number " + number);
      }
    }
    return new JsonNumber(number.toString());
  }

  /** Whether the number has neither fraction nor exponent and fits into a {@code long}. */
  public boolean isLong() {
    try {
      Long.parseLong(text);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /**
   * The value as a {@code long}.
   *
   * @throws NumberFormatException unless {@link #isLong()}
   */
  public long longValue() {
    return Long.parseLong(text);
  }

  /** The nearest {@code double}; infinite when the number is too large. */
  public double doubleValue() {
    return Double.parseDouble(text);
  }

  /** The exact value. Do not use on untrusted exponents in arithmetic: it may be huge. */
  public BigDecimal decimalValue() {
    return new BigDecimal(text);
  }
}
