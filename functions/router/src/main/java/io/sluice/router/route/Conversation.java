package io.sluice.router.route;

import io.sluice.core.model.Message.Role;
import io.sluice.router.api.ChatMessage;
import io.sluice.router.error.ErrorCode;
import io.sluice.router.error.RefusalException;
import java.util.ArrayList;
import java.util.List;

/**
 * The messages of a chat.
 *
 * @param earlier what was said before, without answers that are still being made
 * @param question the user's message to answer
 */
record Conversation(List<ChatMessage> earlier, ChatMessage question) {

  /**
   * Takes the question from the messages.
   *
   * @throws RefusalException if there are messages that chat has no place for, or the last one that
   *     says something isn't the user's (contract 5.5)
   */
  static Conversation of(List<ChatMessage> messages) throws RefusalException {
    List<ChatMessage> said = new ArrayList<>();
    for (ChatMessage message : messages) {
      if (message.role() == Role.SYSTEM) {
        throw unsupported("a system message");
      }
      if (message.ofUser() || message.content() != null) {
        said.add(message);
      }
    }
    if (said.isEmpty() || !said.getLast().ofUser()) {
      throw unsupported("a conversation that does not end with the user's question");
    }
    ChatMessage question = said.removeLast();
    return new Conversation(said, question);
  }

  private static RefusalException unsupported(String what) {
    return new RefusalException(
        200, ErrorCode.UNSUPPORTED_CONVERSATION, "Unsupported message: " + what);
  }
}
