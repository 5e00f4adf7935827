package io.sluice.router.chat;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import io.sluice.prompts.Cut;
import io.sluice.prompts.TokenEstimate;
import io.sluice.router.api.ChatMessage;
import io.sluice.router.api.ContextItem;
import io.sluice.router.api.OpenFile;
import io.sluice.router.api.PageContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a message of the user gives a prompt: the question, and what the user sees beside it. */
public final class TurnInputs {

  /** Under which members editors tell what an item is called and where it is from. */
  private static final String[] NAMES = {"title", "relativePath", "secondaryText", "project", "id"};

  private static final int LEAST = 64;
  private static final String LEFT_OUT = "[left out: there was no room for it]";

  private TurnInputs() {}

  /**
   * The inputs of a message.
   *
   * @param contextTokens what all that the user added may take together, the first items first
   */
  public static JsonObject of(ChatMessage message, int contextTokens) {
    JsonObject.Builder inputs = JsonObject.builder();
    PageContext page = message.page();
    if (page != null) {
      inputs
          .put("page_type", page.type().equals("build") ? "CI/CD job" : words(page.type()))
          .put("page_title", page.title())
          .put("page_content", page.content());
    }
    OpenFile file = message.file();
    if (file != null) {
      inputs
          .put("file_path", file.path())
          .put("file_part", file.selected() ? "the selected part" : "the file")
          .put("file_text", file.text());
    }
    String content = message.content();
    return inputs
        .put("additional_context", context(message.context(), contextTokens))
        .put("question", content == null ? "" : content)
        .build();
  }

  private static JsonArray context(List<ContextItem> items, int tokens) {
    List<JsonValue> written = new ArrayList<>(items.size());
    int left = tokens;
    for (ContextItem item : items) {
      String text = fitted(Objects.requireNonNullElse(item.content(), ""), left);
      left -= TokenEstimate.of(text);
      written.add(JsonObject.builder().put("title", title(item)).put("text", text).build());
    }
    return new JsonArray(written);
  }

  private static String fitted(String text, int room) {
    if (TokenEstimate.of(text) <= room) {
      return text;
    }
    return room < LEAST ? LEFT_OUT : Cut.END.apply(text, room);
  }

  /** What it is and what it is called: each name that the ones before don't hold. */
  private static String title(ContextItem item) {
    JsonObject metadata = item.metadata();
    StringBuilder title = new StringBuilder(words(item.category()));
    String separator = ": ";
    for (String name : NAMES) {
      String text = name.equals("id") ? item.id() : metadata.text(name);
      if (text != null && !text.isBlank() && title.indexOf(text) < 0) {
        title.append(separator).append(text.strip());
        separator = ", ";
      }
    }
    return title.toString();
  }

  private static String words(String name) {
    return name.replace('_', ' ');
  }
}
