package io.sluice.config;

import io.sluice.core.model.Sampling;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who answers a request.
 *
 * @param feature the feature whose rows decided
 * @param candidates the target and then its fallbacks, in order; at least one
 * @param sampling what the rows set; unset members are the prompt's business
 * @param firstEvent the row's patience for the first event, {@code null} for the route's own
 * @param idle the row's idle limit, {@code null} for the default
 * @param total the row's total limit, {@code null} for the default
 * @param logContent whether rows and settings allow prompt and answer in the audit record
 * @param refuseUnaudited whether a request that cannot be recorded must not be answered
 * @param snapshot the snapshot's number
 * @param stale whether the snapshot is older than it should be
 * @param reason which row, setting or metadata decided, in words for the audit record
 */
public record Route(
    String feature,
    List<Candidate> candidates,
    Sampling sampling,
    @Nullable Duration firstEvent,
    @Nullable Duration idle,
    @Nullable Duration total,
    boolean logContent,
    boolean refuseUnaudited,
    long snapshot,
    boolean stale,
    String reason) {

  public Route {
    candidates = List.copyOf(candidates);
  }
}
