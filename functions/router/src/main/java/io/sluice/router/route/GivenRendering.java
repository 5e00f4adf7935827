package io.sluice.router.route;

import io.sluice.config.Candidate;
import io.sluice.core.json.JsonObject;
import io.sluice.core.model.Message;
import io.sluice.core.model.ModelCall;
import io.sluice.core.model.Sampling;
import io.sluice.prompts.FimFormat;
import io.sluice.prompts.TokenEstimate;
import io.sluice.router.api.CodeRequest;
import io.sluice.router.call.Question;
import io.sluice.router.call.Rendering;
import java.util.List;

/**
 * Asks for code without a prompt of ours (contract 3.9, "Legacy direct"): the client's own
 * messages, else the file alone. Immutable.
 */
record GivenRendering(CodeRequest code) implements Rendering {

  private static final double TEMPERATURE = 0.2;
  private static final double TOP_P = 0.95;
  private static final int MAX_TOKENS = 2048;

  @Override
  public Question render(Candidate candidate) {
    List<Message> messages = code.messages();
    int tokens = 0;
    if (messages.isEmpty()) {
      int room = candidate.contextTokens() - MAX_TOKENS;
      String prefix = TokenEstimate.keepEnd(code.file().above(), Math.max(room, 1));
      tokens = TokenEstimate.of(prefix);
      messages = List.of(Message.user(FencedCode.of(code.file().languageIdentifier(), prefix)));
    }
    return new Question(
        new ModelCall.Chat(messages),
        new Sampling(TEMPERATURE, TOP_P, MAX_TOKENS, FimFormat.of(candidate.family()).stop()),
        null,
        JsonObject.EMPTY,
        tokens);
  }
}
