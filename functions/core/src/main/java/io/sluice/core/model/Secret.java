package io.sluice.core.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A value that must never be printed. Immutable. */
public final class Secret {

  private final String value;

  public Secret(String value) {
    this.value = Objects.requireNonNull(value);
  }

  /** The secret itself: for the wire, nowhere else. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "**********";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }
}
