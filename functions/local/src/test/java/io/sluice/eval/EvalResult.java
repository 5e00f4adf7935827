package io.sluice.eval;

import io.sluice.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/**
 * What came of a case.
 *
 * @param route where its last call went
 * @param status of its last call, 0 if none came
 * @param problem why GitLab can make nothing of the answer; empty if it can
 * @param right whether the answer has what a right one has
 * @param outcomes what the audit records of its calls say of the answers' form
 * @param inputTokens as the model's server counts them
 * @param took from the first call to the end of the last
 */
record EvalResult(
    String feature,
    String name,
    String route,
    int status,
    String problem,
    boolean right,
    List<String> outcomes,
    long inputTokens,
    long outputTokens,
    Duration took) {

  EvalResult {
    outcomes = List.copyOf(outcomes);
  }

  boolean parsed() {
    return problem.isEmpty();
  }

  /** Whether an answer was given a form that GitLab reads, without adding to it. */
  boolean repaired() {
    return outcomes.stream().anyMatch(outcome -> outcome.contains("repaired"));
  }

  /** Whether the gateway asked the model a second time, its first answer being unreadable. */
  boolean askedAgain() {
    return outcomes.stream().anyMatch(outcome -> outcome.startsWith("asked again"));
  }

  JsonObject json() {
    return JsonObject.builder()
        .put("feature", feature)
        .put("input", name)
        .put("route", route)
        .put("status", status)
        .put("parsed", parsed())
        .put("right", right)
        .put("repaired", repaired())
        .put("asked_again", askedAgain())
        .putPresent("problem", parsed() ? null : problem)
        .put("outcomes", outcomes)
        .put("input_tokens", inputTokens)
        .put("output_tokens", outputTokens)
        .put("ms", took.toMillis())
        .build();
  }
}
