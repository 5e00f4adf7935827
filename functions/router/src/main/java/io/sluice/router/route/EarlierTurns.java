package io.sluice.router.route;

import io.sluice.config.Candidate;
import io.sluice.core.json.JsonObject;
import io.sluice.core.model.Message;
import io.sluice.core.model.Message.Role;
import io.sluice.prompts.DataGuard;
import io.sluice.prompts.Prompt;
import io.sluice.prompts.TokenEstimate;
import io.sluice.router.api.ChatMessage;
import io.sluice.router.chat.Scratchpad;
import io.sluice.router.chat.TurnInputs;
import io.sluice.router.error.RefusalException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes what was said before the question, as far as there is room: the newest, the rest named.
 */
record EarlierTurns(PromptRegister prompts, Prompt prompt, Candidate candidate) {

  private static final String CUT = "[earlier messages were left out]";
  private static final String EARLIER = "earlier message";

  /** The longest observation of an earlier answer: the answer itself says what came of it. */
  private static final int OBSERVATION_TOKENS = 200;

  /** The messages in about that many tokens; the first of them is the user's. */
  List<Message> of(List<ChatMessage> earlier, int tokens) throws RefusalException {
    Deque<Message> kept = new ArrayDeque<>();
    int left = tokens;
    int i = earlier.size() - 1;
    for (; i >= 0; i--) {
      Message message = fitted(earlier.get(i), left);
      if (message == null) {
        break;
      }
      left -= TokenEstimate.of(message.content());
      kept.addFirst(message);
    }
    while (!kept.isEmpty() && kept.getFirst().role() != Role.USER) {
      kept.removeFirst();
    }
    List<Message> messages = new ArrayList<>();
    boolean cut = i >= 0;
    for (Message message : kept) {
      add(messages, cut ? Message.user(CUT + "\n" + message.content()) : message);
      cut = false;
    }
    return messages;
  }

  /** The part of a rendered prompt that is the user's. */
  private static Message question(List<Message> messages) {
    for (Message message : messages.reversed()) {
      if (message.role() == Role.USER) {
        return Message.user(message.content().stripTrailing());
      }
    }
    return Message.user("");
  }

  /** Adds a message; two of the same speaker become one, since many models want turns. */
  static void add(List<Message> messages, Message message) {
    Message last = messages.isEmpty() ? null : messages.getLast();
    if (last != null && last.role() == message.role()) {
      messages.set(
          messages.size() - 1,
          new Message(last.role(), last.content() + "\n\n" + message.content()));
    } else {
      messages.add(message);
    }
  }

  /** The message, the question alone where it is too long with what was beside it, or none. */
  private @Nullable Message fitted(ChatMessage message, int tokens) throws RefusalException {
    Message whole = written(message);
    if (TokenEstimate.of(whole.content()) <= tokens) {
      return whole;
    }
    if (!message.ofUser()) {
      return null;
    }
    Message bare =
        written(new ChatMessage(Role.USER, message.content(), null, null, List.of(), List.of()));
    return TokenEstimate.of(bare.content()) <= tokens ? bare : null;
  }

  private Message written(ChatMessage message) throws RefusalException {
    if (message.ofUser()) {
      JsonObject inputs =
          JsonObject.builder()
              .putAll(TurnInputs.of(message, candidate.contextTokens()))
              .put("earlier", EARLIER)
              .build();
      return question(prompts.render(prompt, inputs, candidate, 0).messages());
    }
    DataGuard guard = prompt.guard(candidate.family());
    String observations = Scratchpad.observations(message.scratchpad(), OBSERVATION_TOKENS);
    String label = observations.isEmpty() ? "" : "Final Answer: ";
    return Message.assistant(guard.guarded(observations + label + message.content()));
  }
}
