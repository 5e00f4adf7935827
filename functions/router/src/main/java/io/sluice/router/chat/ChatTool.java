package io.sluice.router.chat;

import io.sluice.core.identity.Caller;
import io.sluice.prompts.PromptVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What GitLab can do for the agent (contract 5.3). */
public enum ChatTool {
  ISSUE_READER("ask_issue", false),
  EPIC_READER("ask_epic", false),
  WORK_ITEM_READER("ask_work_item", false),
  MERGE_REQUEST_READER("ask_merge_request", true),
  COMMIT_READER("ask_commit", true),
  BUILD_READER("ask_build", true),
  GITLAB_DOCUMENTATION("documentation_search", false);

  /** The first GitLab that has the newer tools. */
  private static final PromptVersion NEWER = PromptVersion.parse("17.5.0-pre").orElseThrow();

  private final String unitPrimitive;
  private final boolean newer;

  ChatTool(String unitPrimitive, boolean newer) {
    this.unitPrimitive = unitPrimitive;
    this.newer = newer;
  }

  /**
   * The tools of a caller.
   *
   * @param gitLabVersion the header {@code X-Gitlab-Version}; without one that can be read, the
   *     newer tools are not offered
   */
  public static List<ChatTool> offeredTo(Caller caller, String gitLabVersion) {
    Optional<PromptVersion> version = PromptVersion.parse(gitLabVersion.strip());
    boolean hasNewer = version.isPresent() && version.get().compareTo(NEWER) >= 0;
    List<ChatTool> offered = new ArrayList<>();
    for (ChatTool tool : values()) {
      if (caller.can(tool.unitPrimitive) && (hasNewer || !tool.newer)) {
        offered.add(tool);
      }
    }
    return offered;
  }

  /** The tool of these that a model means: case and all that is no letter count for nothing. */
  public static Optional<ChatTool> named(String words, List<ChatTool> offered) {
    String letters = letters(words);
    for (ChatTool tool : offered) {
      if (letters.equals(letters(tool.wire()))) {
        return Optional.of(tool);
      }
    }
    return Optional.empty();
  }

  /** The name that GitLab knows it by. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static String letters(String words) {
    StringBuilder letters = new StringBuilder(words.length());
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        letters.append(Character.toLowerCase(c));
      }
    }
    return letters.toString();
  }
}
