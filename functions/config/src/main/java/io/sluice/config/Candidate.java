package io.sluice.config;

import io.sluice.core.model.Target;
import java.util.Set;

/**
 * A target and what must be known of it to ask it (design: "The target owns its way of being
 * asked").
 *
 * @param target whom to call
 * @param family chooses prompt, stop list and quirks
 * @param wireModel the model's name on the wire
 * @param completion how code completion is asked
 * @param contextTokens the model's context
 * @param maxOutputTokens a ceiling of the answer's tokens
 * @param supports what it can do
 */
public record Candidate(
    Target target,
    ModelFamily family,
    String wireModel,
    CompletionMode completion,
    int contextTokens,
    int maxOutputTokens,
    Set<Ability> supports) {

  public Candidate {
    supports = Set.copyOf(supports);
  }
}
