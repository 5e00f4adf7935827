package io.sluice.prompts.output;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonValue;
import io.sluice.prompts.output.OutputContract.Kept;
import io.sluice.prompts.output.OutputContract.Repaired;
import io.sluice.prompts.output.OutputContract.Verdict;

/** What is said of an answer that holds the JSON that was asked for. */
final class JsonVerdict {

  private JsonVerdict() {}

  /**
   * Kept as it is where the answer is the right value alone.
   *
   * @param found the value in the answer
   * @param right the same value without what may not be in it
   * @param same whether nothing had to be taken out of the value
   */
  static Verdict of(String answer, JsonInText found, JsonValue right, boolean same) {
    if (same && found.bare()) {
      return new Kept(answer);
    }
    return new Repaired(Json.text(right), same ? "JSON extracted" : "JSON brought into its form");
  }
}
