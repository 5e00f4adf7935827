package io.sluice.router.api;

import io.sluice.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Something that the user added to a question (contract 5.2).
 *
 * @param category what it is
 * @param id what the editor calls it
 * @param content its text
 * @param metadata what else the editor knows of it: {@code title}, {@code relativePath} and so on
 */
public record ContextItem(
    String category, @Nullable String id, @Nullable String content, JsonObject metadata) {

  private static final int UNLIMITED = Integer.MAX_VALUE;

  /** The user's standing wishes, which Rails sends too: no one needs a scope for them. */
  private static final String USER_RULE = "user_rule";

  private static final Set<String> CATEGORIES =
      new TreeSet<>(
          List.of(
              "file",
              "snippet",
              "merge_request",
              "issue",
              "dependency",
              "local_git",
              "terminal",
              "repository",
              "directory",
              "os_information",
              "agent_user_environment",
              USER_RULE));

  static List<ContextItem> read(Fields message) {
    List<ContextItem> items = new ArrayList<>();
    for (Fields item : message.objects("additional_context", 0, UNLIMITED)) {
      String category = item.requiredWord("category", CATEGORIES);
      String id = item.text("id", UNLIMITED);
      String content = item.text("content", UNLIMITED);
      Fields metadata = item.object("metadata");
      items.add(
          new ContextItem(
              category, id, content, metadata == null ? JsonObject.EMPTY : metadata.json()));
    }
    return items;
  }

  /** The scope that using it takes (contract 2.6), {@code null} for none. */
  public @Nullable String unitPrimitive() {
    return category.equals(USER_RULE) ? null : "include_" + category + "_context";
  }
}
