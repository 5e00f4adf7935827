package io.sluice.prompts.output;

import io.sluice.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/**
 * What a mention in a merge request asks for, as one word (contract 4.5). An answer that says none
 * or several is given on as the intent that changes nothing.
 */
final class MentionIntentContract implements OutputContract {

  private static final String DEFAULT = "assistant_flow";
  private static final List<String> INTENTS =
      List.of("code_review_request", "write_actions", DEFAULT);

  @Override
  public Verdict judge(String answer, JsonObject inputs) {
    if (INTENTS.contains(answer.strip())) {
      return new Kept(answer);
    }
    String text = answer.toLowerCase(Locale.ROOT);
    List<String> named = INTENTS.stream().filter(text::contains).toList();
    return named.size() == 1
        ? new Repaired(named.getFirst(), "word extracted")
        : new Broken(DEFAULT, "it is not one of the words " + String.join(", ", INTENTS));
  }
}
