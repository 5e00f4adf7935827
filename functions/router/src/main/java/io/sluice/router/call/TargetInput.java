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

  /** For a target without system messages, they become the start of the first user message. */
  static ModelCall.Input of(Candidate candidate, ModelCall.Input input) {
    boolean takesSystem = candidate.supports().contains(Ability.SYSTEM);
    return takesSystem || !(input instanceof ModelCall.Chat chat)
        ? input
        : new ModelCall.Chat(withoutSystem(chat.messages()));
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
