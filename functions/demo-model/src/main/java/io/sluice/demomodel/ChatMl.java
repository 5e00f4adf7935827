package io.sluice.demomodel;

import io.sluice.core.model.Message;
import java.util.List;

/** The ChatML prompt of a conversation. */
final class ChatMl {

  private static final String START = "<|im_start|>";
  private static final String END = "<|im_end|>";

  private ChatMl() {}

  /**
   * The prompt that a model continues with the assistant's next words. A last message of the
   * assistant is left open, so that the model continues it. Control tokens inside a message are
   * broken up: no text can end its own message.
   */
  static String prompt(List<Message> messages) {
    StringBuilder prompt = new StringBuilder();
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      prompt.append(START).append(message.role().wire()).append('\n');
      prompt.append(message.content().replace("<|im_", "<| im_"));
      if (i == messages.size() - 1 && message.role() == Message.Role.ASSISTANT) {
        return prompt.toString();
      }
      prompt.append(END).append('\n');
    }
    return prompt.append(START).append("assistant\n").toString();
  }
}
