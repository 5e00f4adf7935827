package io.sluice.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The features that rows can name: GitLab's own setting names (client contract 4.3), and names of
 * ours for what has no setting in GitLab. Immutable.
 */
public final class Features {

  private static final String CHAT = "duo_chat";
  private static final String EMBEDDINGS = "embeddings_";

  /** Features of classic chat that have no setting of their own in GitLab. */
  private static final Set<String> PARTS_OF_CHAT =
      Set.of(
          "documentation_search",
          "issue_reader",
          "epic_reader",
          "merge_request_reader",
          "commit_reader",
          "build_reader",
          "work_item_reader",
          "categorize_question");

  private static final Set<String> OTHERS =
      Set.of(
          CHAT,
          "code_completions",
          "code_generations",
          "duo_chat_explain_code",
          "duo_chat_write_tests",
          "duo_chat_refactor_code",
          "duo_chat_fix_code",
          "duo_chat_troubleshoot_job",
          "duo_chat_explain_vulnerability",
          "duo_chat_summarize_comments",
          "generate_commit_message",
          "summarize_new_merge_request",
          "resolve_vulnerability",
          "summarize_review",
          "glab_ask_git_command",
          "review_merge_request",
          "duo_agent_platform",
          "duo_agent_platform_agentic_chat",
          "model_configuration",
          "embeddings_code",
          "generate_description",
          "measure_comment_temperature",
          "classify_code_review_mention_intent",
          "generate_session_title",
          "summarize_duo_workflow",
          "feature_discovery_search");

  private Features() {}

  /** Every name, in alphabetical order. */
  public static List<String> names() {
    Set<String> names = new TreeSet<>(OTHERS);
    names.addAll(PARTS_OF_CHAT);
    return List.copyOf(names);
  }

  /** Whether rows may name this feature. */
  public static boolean known(String name) {
    return OTHERS.contains(name) || PARTS_OF_CHAT.contains(name);
  }

  /** The feature whose rows decide while the feature has none of its own. */
  public static Optional<String> parent(String name) {
    boolean inherits = PARTS_OF_CHAT.contains(name) || name.startsWith(CHAT + "_");
    return inherits ? Optional.of(CHAT) : Optional.empty();
  }

  /** The feature, then the one it inherits from. */
  public static List<String> lineage(String name) {
    List<String> lineage = new ArrayList<>(2);
    lineage.add(name);
    parent(name).ifPresent(lineage::add);
    return List.copyOf(lineage);
  }

  /** Whether the feature's answers are vectors: such a feature has exactly one target. */
  public static boolean embeds(String name) {
    return name.startsWith(EMBEDDINGS);
  }
}
