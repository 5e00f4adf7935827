package io.sluice.router.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page that a question was asked on (contract 5.2).
 *
 * @param type such as {@code merge_request}
 * @param title its title, {@code null} from older GitLab
 * @param content what older GitLab tells of it
 */
public record PageContext(String type, @Nullable String title, @Nullable String content) {

  private static final int UNLIMITED = Integer.MAX_VALUE;
  private static final List<String> TYPES =
      List.of("issue", "epic", "merge_request", "commit", "build", "work_item");

  static @Nullable PageContext read(Fields message) {
    Fields page = message.object("context");
    if (page == null) {
      return null;
    }
    String type = page.requiredWord("type", TYPES);
    String content = page.text("content", UNLIMITED);
    String title = page.text("title", UNLIMITED);
    boolean named = title != null || (content != null && !type.equals("work_item"));
    if (!named && !type.equals("build")) {
      page.problem("title", "is required");
    }
    return new PageContext(type, title, content);
  }
}
