package io.sluice.router.route;

import io.sluice.core.audit.AuditTrail;
import io.sluice.prompts.output.AnswerFilter;
import io.sluice.prompts.output.OutputContract.Broken;
import io.sluice.prompts.output.OutputContract.Kept;
import io.sluice.prompts.output.OutputContract.Repaired;
import io.sluice.prompts.output.OutputContract.Verdict;
import io.sluice.router.text.TextFilter;
import java.util.List;

/**
 * Holds an answer to its prompt's contract while it is streamed, and records what was found. For
 * one answer; not thread-safe.
 */
final class ContractFilter implements TextFilter {

  private final AnswerFilter answer;
  private final AuditTrail trail;

  ContractFilter(AnswerFilter answer, AuditTrail trail) {
    this.answer = answer;
    this.trail = trail;
  }

  /** The verdict as the audit record tells it. */
  static String told(Verdict verdict) {
    return switch (verdict) {
      case Kept _ -> "kept";
      case Repaired repaired -> "repaired: " + repaired.repair();
      case Broken broken -> "unreadable: " + broken.reason();
    };
  }

  @Override
  public List<String> push(String piece) {
    return given(answer.push(piece));
  }

  @Override
  public List<String> finish() {
    Verdict verdict = answer.finish();
    trail.output(told(verdict));
    return given(verdict.text());
  }

  private static List<String> given(String text) {
    return text.isEmpty() ? List.of() : List.of(text);
  }
}
