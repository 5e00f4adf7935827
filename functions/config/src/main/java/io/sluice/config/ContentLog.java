package io.sluice.config;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Whether prompts and answers go into the audit record.
 *
 * @param enabled whether they do
 * @param until the last day (UTC) on which they do, {@code null} for no end
 */
public record ContentLog(boolean enabled, @Nullable LocalDate until) {

  /** Whether they do on that day. */
  public boolean on(LocalDate today) {
    return enabled && (until == null || !today.isAfter(until));
  }
}
