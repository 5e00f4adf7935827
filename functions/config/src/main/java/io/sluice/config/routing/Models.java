package io.sluice.config.routing;

import io.sluice.config.Candidate;
import io.sluice.config.Deployment;
import io.sluice.config.ModelRow;
import io.sluice.config.snapshot.Snapshot;
import io.sluice.core.model.Target;
import java.util.Optional;

/**
 * The models of a snapshot and the deployment's default model.
 *
 * @param snapshot the snapshot
 * @param deployment what the deployment fixes
 */
record Models(Snapshot snapshot, Deployment deployment) {

  /** The row of that name; the table's before the deployment's. */
  Optional<ModelRow> find(String name) {
    ModelRow row = snapshot.rows().models().get(name);
    if (row != null) {
      return Optional.of(row);
    }
    ModelRow fallback = deployment.defaultModel();
    return fallback != null && fallback.name().equals(name)
        ? Optional.of(fallback)
        : Optional.empty();
  }

  Candidate candidate(ModelRow row) {
    return new Candidate(
        new Target.Row(row.name(), snapshot.number()),
        row.family(),
        row.model(),
        row.completion(),
        row.contextTokens(),
        row.maxOutputTokens(),
        row.supports());
  }
}
