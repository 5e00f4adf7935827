package io.sluice.config;

import io.sluice.core.identity.Caller;
import org.jspecify.annotations.Nullable;

/** Decides which model answers a request. Thread-safe. */
public interface RoutingTable {

  /**
   * Resolves a route (design, "Resolution").
   *
   * @param feature the feature, by GitLab's setting name
   * @param caller who asks
   * @param requested the model that the request names, {@code null} when it names none
   */
  Resolution resolve(String feature, Caller caller, @Nullable RequestedModel requested);

  /**
   * Resolves exactly the model that the request names: no row, default, canary or fallback. This is
   * what {@code model_configuration/check} tests.
   */
  Resolution resolveExactly(String feature, Caller caller, RequestedModel requested);

  /**
   * Whether the feature is switched on for the caller: all that the table decides of a feature that
   * asks no model.
   */
  Admission admit(String feature, Caller caller);

  /** Whether there is a snapshot to decide with. */
  boolean ready();
}
