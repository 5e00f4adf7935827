package io.sluice.router.call;

import io.sluice.config.Ability;
import io.sluice.config.Candidate;
import io.sluice.config.Route;
import io.sluice.core.model.Sampling;
import java.util.List;

/** Which sampling a target gets: the rows', else the prompt's, else the family's. */
final class TargetSampling {

  private TargetSampling() {}

  /** Never more tokens than the target may answer, and no stop list where it takes none. */
  static Sampling of(Route route, Candidate candidate, Sampling question) {
    Sampling wanted = route.sampling().or(question).or(candidate.family().sampling());
    Integer tokens = wanted.maxTokens();
    return new Sampling(
        wanted.temperature(),
        wanted.topP(),
        tokens == null ? null : capped(tokens, candidate.maxOutputTokens()),
        candidate.supports().contains(Ability.STOP) ? wanted.stop() : List.of());
  }

  private static Integer capped(int tokens, int ceiling) {
    return ceiling <= 0 ? tokens : Math.min(tokens, ceiling);
  }
}
