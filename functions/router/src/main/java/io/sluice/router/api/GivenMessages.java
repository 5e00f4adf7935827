package io.sluice.router.api;

import io.sluice.core.model.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads messages that a client wrote itself. */
final class GivenMessages {

  private static final List<String> ROLES =
      Arrays.stream(Message.Role.values()).map(Message.Role::wire).toList();

  private GivenMessages() {}

  static List<Message> read(Fields body, String name, int min, int max, int maxLength) {
    List<Message> messages = new ArrayList<>();
    for (Fields item : body.objects(name, min, max)) {
      String role = item.requiredWord("role", ROLES);
      String content = item.requiredText("content", maxLength);
      Arrays.stream(Message.Role.values())
          .filter(known -> known.wire().equals(role))
          .forEach(known -> messages.add(new Message(known, content)));
    }
    return messages;
  }
}
