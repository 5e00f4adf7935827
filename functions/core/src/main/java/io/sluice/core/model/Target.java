package io.sluice.core.model;

import org.jspecify.annotations.Nullable;

/** Which model a call is for. The backend resolves endpoint and secret itself. Immutable. */
public sealed interface Target {

  /**
   * A model row of the routing table.
   *
   * @param model the row's name
   * @param snapshot the number of the snapshot that the route was resolved with
   */
  record Row(String model, long snapshot) implements Target {}

  /**
   * A model that GitLab's own metadata names (contract 7). Not yet judged by the endpoint policy.
   *
   * @param family the name of contract 7.4
   * @param provider the part of the identifier before its first slash (contract 7.2)
   * @param model the name on the wire
   * @param endpoint the base URL, as the caller wrote it
   * @param apiKey the key, if any
   */
  record Metadata(
      String family,
      String provider,
      String model,
      @Nullable String endpoint,
      @Nullable Secret apiKey)
      implements Target {}

  /** The target's name for logs and audit records. */
  default String label() {
    return switch (this) {
      case Row row -> row.model();
      case Metadata metadata -> "metadata:" + metadata.provider() + "/" + metadata.model();
    };
  }
}
