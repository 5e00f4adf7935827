package io.sluice.router.call;

import io.sluice.config.Ability;
import io.sluice.config.Candidate;
import io.sluice.core.model.Message;
import io.sluice.core.model.ModelCall;
import java.util.ArrayList;
import java.util.List;

/** Puts messages into a form that the target takes. */
final class TargetInput {

  private TargetInput() {}

  /**
   * For a target without system messages, they become the start of the first user message; a target
   * that can be held to a JSON schema gets the one of the prompt's contract.
   */
  static ModelCall.Input of(Candidate candidate, Question question) {
    if (!(question.input() instanceof ModelCall.Chat chat)) {
      return question.input();
    }
    return new ModelCall.Chat(
        candidate.supports().contains(Ability.SYSTEM)
            ? chat.messages()
            : withoutSystem(chat.messages()),
        candidate.supports().contains(Ability.JSON_SCHEMA) ? question.contract().schema() : null);
  }

  private static List<Message> withoutSystem(List<Message> messages) {
    List<Message> changed = new ArrayList<>();
    StringBuilder instructions = new StringBuilder();
    for (Message message : messages) {
      if (message.role() == Message.Role.SYSTEM) {
        instructions.append(message.content()).append("\n\n");
      } else if (message.role() == Message.Role.USER && !instructions.isEmpty()) {
        changed.add(Message.user(instructions + message.content()));
        instructions.setLength(0);
      } else {
        changed.add(message);
      }
    }
    if (!instructions.isEmpty()) {
      changed.add(Message.user(instructions.toString().strip()));
    }
    return changed;
  }
}
