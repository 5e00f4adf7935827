package io.sluice.router.call;

import io.sluice.config.Ability;
import io.sluice.config.Candidate;
import io.sluice.config.Route;
import io.sluice.core.model.Sampling;
import java.util.List;

/** Which sampling a target gets: the rows', else the prompt's, else the family's. */
final class TargetSampling {

  private TargetSampling() {}

  /** What of the context a long prompt may take, and some for the estimate of its tokens. */
  private static final double PROMPT_SHARE = 0.475;

  /**
   * Never more tokens than the target may answer, nor than a long prompt leaves of its context, and
   * no stop list where it takes none.
   */
  static Sampling of(Route route, Candidate candidate, Sampling question) {
    Sampling wanted = route.sampling().or(question).or(candidate.family().sampling());
    Integer tokens = wanted.maxTokens();
    return new Sampling(
        wanted.temperature(),
        wanted.topP(),
        tokens == null ? null : capped(tokens, candidate),
        candidate.supports().contains(Ability.STOP) ? wanted.stop() : List.of());
  }

  private static Integer capped(int tokens, Candidate candidate) {
    int left = candidate.contextTokens() - (int) (candidate.contextTokens() * PROMPT_SHARE);
    int ceiling = candidate.maxOutputTokens();
    return Math.min(tokens, ceiling <= 0 ? left : Math.min(left, ceiling));
  }
}
