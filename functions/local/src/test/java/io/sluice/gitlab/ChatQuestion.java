package io.sluice.gitlab;

import io.sluice.core.json.JsonNull;
import io.sluice.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A question to the chat.
 *
 * @param page the page that is open: type and title
 * @param file the file that is open in an editor
 * @param context what the user added
 */
public record ChatQuestion(
    String text, @Nullable JsonObject page, @Nullable JsonObject file, List<JsonObject> context) {

  public ChatQuestion {
    context = List.copyOf(context);
  }

  /** A question without surroundings. */
  public static ChatQuestion of(String text) {
    return new ChatQuestion(text, null, null, List.of());
  }

  JsonObject message() {
    return JsonObject.builder()
        .put("role", "user")
        .put("content", text)
        .put("context", Objects.requireNonNullElse(page, JsonNull.NULL))
        .put("current_file", Objects.requireNonNullElse(file, JsonNull.NULL))
        .put("additional_context", context)
        .build();
  }
}
