package io.sluice.router.api;

import io.sluice.core.model.Message.Role;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A message of a conversation with Duo Chat (contract 5.2). Immutable.
 *
 * @param role who speaks
 * @param content what was said, {@code null} for an answer that is still being made
 * @param page the page that it was said on
 * @param file the file that was open
 * @param context what the user added
 * @param scratchpad the steps that led to an answer
 */
public record ChatMessage(
    Role role,
    @Nullable String content,
    @Nullable PageContext page,
    @Nullable OpenFile file,
    List<ContextItem> context,
    List<ReactStep> scratchpad) {

  private static final List<String> ROLES = List.of("system", "user", "assistant");

  public ChatMessage {
    context = List.copyOf(context);
    scratchpad = List.copyOf(scratchpad);
  }

  static ChatMessage read(Fields message) {
    String role = message.requiredWord("role", ROLES);
    return new ChatMessage(
        ROLES.contains(role) ? Role.valueOf(role.toUpperCase(Locale.ROOT)) : Role.USER,
        message.text("content", Integer.MAX_VALUE),
        PageContext.read(message),
        OpenFile.read(message),
        ContextItem.read(message),
        ReactStep.ofMessage(message));
  }

  /** Whether it is the user's. */
  public boolean ofUser() {
    return role == Role.USER;
  }
}
