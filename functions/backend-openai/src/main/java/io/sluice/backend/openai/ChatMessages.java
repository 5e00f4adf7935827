package io.sluice.backend.openai;

import io.sluice.config.Ability;
import io.sluice.core.json.JsonObject;
import io.sluice.core.model.Message;
import io.sluice.core.model.Message.Role;
import java.util.ArrayList;
import java.util.List;

/** Messages as a server wants them: prefills and system messages by what its model can do. */
final class ChatMessages {

  /** Stands before a prefill that the model can't continue, so that it knows what it is. */
  private static final String PREFILL_LABEL = "Your answer so far, to be continued: ";

  private ChatMessages() {}

  /** Sets {@code messages} and what belongs to them. */
  static void put(JsonObject.Builder body, List<Message> messages, Destination destination) {
    List<Message> said = destination.supports(Ability.SYSTEM) ? messages : withoutSystem(messages);
    boolean prefilled = !said.isEmpty() && said.getLast().role() == Role.ASSISTANT;
    boolean continues =
        destination.supports(Ability.PREFILL) && !ModelNames.rejectsPrefill(destination.model());
    List<JsonObject> wire = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      boolean prefill = prefilled && i == said.size() - 1;
      wire.add(
          prefill
              ? prefill(said.get(i), continues, destination.dialect())
              : plain(said.get(i)).build());
    }
    body.put("messages", wire);
    if (prefilled
        && continues
        && destination.dialect() != Dialect.MISTRAL
        && destination.family().equals("mistral")) {
      body.put("continue_final_message", true).put("add_generation_prompt", false);
    }
  }

  private static JsonObject prefill(Message message, boolean continues, Dialect dialect) {
    if (!continues) {
      JsonObject part =
          JsonObject.builder()
              .put("type", "text")
              .put("text", PREFILL_LABEL + message.content())
              .build();
      return JsonObject.builder()
          .put("role", Role.USER.wire())
          .put("content", List.of(part))
          .build();
    }
    JsonObject.Builder wire = plain(message);
    return dialect == Dialect.MISTRAL ? wire.put("prefix", true).build() : wire.build();
  }

  private static JsonObject.Builder plain(Message message) {
    return JsonObject.builder()
        .put("role", message.role().wire())
        .put("content", message.content());
  }

  /** System texts, put in front of what the user says first. */
  private static List<Message> withoutSystem(List<Message> messages) {
    StringBuilder system = new StringBuilder();
    List<Message> others = new ArrayList<>();
    for (Message message : messages) {
      if (message.role() == Role.SYSTEM) {
        system.append(message.content()).append("\n\n");
      } else {
        others.add(message);
      }
    }
    if (system.isEmpty()) {
      return messages;
    }
    if (others.isEmpty() || others.getFirst().role() != Role.USER) {
      others.addFirst(Message.user(system.toString().strip()));
    } else {
      others.set(0, Message.user(system + others.getFirst().content()));
    }
    return others;
  }
}
