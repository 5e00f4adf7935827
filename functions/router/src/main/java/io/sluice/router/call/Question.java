package io.sluice.router.call;

import io.sluice.core.json.JsonObject;
import io.sluice.core.model.Message;
import io.sluice.core.model.ModelCall;
import io.sluice.core.model.Sampling;
import io.sluice.prompts.Prompt;
import io.sluice.prompts.TokenEstimate;
import io.sluice.prompts.output.OutputContract;
import io.sluice.prompts.output.OutputContracts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one candidate is asked.
 *
 * @param input what to answer
 * @param sampling how, before the rows and the family are heard
 * @param prompt the prompt it was made with, {@code null} for a client's own messages
 * @param inputs what the prompt was rendered with, as the caller sent it
 * @param inputTokens the estimated tokens of the caller's own text in it
 */
public record Question(
    ModelCall.Input input,
    Sampling sampling,
    @Nullable Prompt prompt,
    JsonObject inputs,
    int inputTokens) {

  private static final int MOST_ANSWER_TOKENS = 1000;

  /** What the answer must look like: a prompt's answer as the prompt says, any other is right. */
  public OutputContract contract() {
    return prompt == null ? OutputContracts.PROSE : prompt.contract();
  }

  /**
   * The same question to a model whose answer could not be read.
   *
   * @param answer what it answered
   * @param reason what is wrong with it
   */
  public Question again(String answer, String reason) {
    if (!(input instanceof ModelCall.Chat chat)) {
      return this;
    }
    List<Message> messages = new ArrayList<>(chat.messages());
    if (messages.getLast().role() == Message.Role.ASSISTANT) {
      messages.removeLast();
    }
    messages.add(Message.assistant(TokenEstimate.keepStart(answer, MOST_ANSWER_TOKENS)));
    messages.add(
        Message.user(
            "That answer can't be used: %s. Answer the same request again, in the required form only."
                .formatted(reason)));
    return new Question(new ModelCall.Chat(messages), sampling, prompt, inputs, inputTokens);
  }
}
