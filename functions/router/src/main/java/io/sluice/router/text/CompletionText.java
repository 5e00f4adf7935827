package io.sluice.router.text;

import io.sluice.prompts.TokenEstimate;
import java.util.List;

/**
 * What of a file and its context a completion's prompt gets (contract 3.8).
 *
 * @param prefix the code above the cursor, the context before it
 * @param suffix the code below the cursor
 * @param contextTokensSent the tokens of the context that the caller sent
 * @param contextTokensUsed the tokens of it that the prefix holds
 */
public record CompletionText(
    String prefix, String suffix, int contextTokensSent, int contextTokensUsed) {

  private static final double PREFIX_SHARE = 0.93;

  /**
   * Fits a file into a budget: 93 % for the end of what is above the cursor, the rest for the start
   * of what is below, and what these leave for the start of the context.
   *
   * @param tokens the budget, in tokens; what the answer needs is already taken off
   * @param context other pieces of code, the most important first
   */
  public static CompletionText fit(int tokens, String above, String below, List<String> context) {
    int prefixBudget = (int) Math.ceil(PREFIX_SHARE * tokens);
    String prefix = TokenEstimate.keepEnd(above, prefixBudget);
    String suffix = TokenEstimate.keepStart(below, tokens - prefixBudget);
    if (context.isEmpty()) {
      return new CompletionText(prefix, suffix, 0, 0);
    }
    String joined = String.join("\n", context);
    int room = tokens - TokenEstimate.of(prefix) - TokenEstimate.of(suffix);
    String kept = room > 0 ? TokenEstimate.keepStart(joined, room) : "";
    return new CompletionText(
        room > 0 ? kept + "\n" + prefix : prefix,
        suffix,
        TokenEstimate.of(joined),
        TokenEstimate.of(kept));
  }

  /** The estimated tokens of both parts. */
  public int tokens() {
    return TokenEstimate.of(prefix) + TokenEstimate.of(suffix);
  }
}
