package io.sluice.backend.openai;

import io.sluice.config.Ability;
import io.sluice.config.ModelRow;
import io.sluice.core.model.Secret;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a call goes, resolved and judged. Immutable.
 *
 * @param dialect how the server wants to be spoken to
 * @param family a name of contract 7.4
 * @param model the name on the wire
 * @param base the endpoint without its trailing slash
 * @param key the key, {@code null} for none
 * @param row the row that said all this, {@code null} where GitLab's metadata did
 */
record Destination(
    Dialect dialect,
    String family,
    String model,
    String base,
    @Nullable Secret key,
    @Nullable ModelRow row) {

  /** Whether the model can do that; without a row, nobody said that it can't. */
  boolean supports(Ability ability) {
    return row == null || row.supports().contains(ability);
  }

  /** The parameters that the server rejects. */
  Set<String> omit() {
    return row == null ? Set.of() : row.omit();
  }

  /** The same with another key. */
  Destination withKey(Secret other) {
    return new Destination(dialect, family, model, base, other, row);
  }
}
