package io.sluice.prompts.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What questions in chat can be about: the words that GitLab's usage statistics get from us. */
final class QuestionCatalogue {

  private static final Map<String, List<String>> CATEGORIES = new LinkedHashMap<>();

  static {
    CATEGORIES.put(
        "code",
        List.of(
            "write_code", "explain_code", "fix_code", "refactor_code", "write_tests", "review"));
    CATEGORIES.put("git", List.of("git_commands", "branches_and_conflicts"));
    CATEGORIES.put("planning", List.of("issues", "epics", "boards_and_milestones"));
    CATEGORIES.put("merge_requests", List.of("merge_request_content", "approvals_and_merging"));
    CATEGORIES.put(
        "ci_cd", List.of("pipeline_configuration", "failed_jobs", "runners", "deployment"));
    CATEGORIES.put("security", List.of("vulnerabilities", "scanners", "compliance"));
    CATEGORIES.put(
        "gitlab", List.of("use_of_features", "api_and_integrations", "permissions", "projects"));
    CATEGORIES.put("administration", List.of("installation", "configuration", "subscription"));
    CATEGORIES.put(
        "general", List.of("software_knowledge", "about_the_assistant", "small_talk", "other"));
  }

  /** What else can be said of a question. */
  static final List<String> LABELS =
      List.of("follow_up", "how_to", "error", "has_code", "names_an_item", "unclear");

  private QuestionCatalogue() {}

  static List<String> categories() {
    return List.copyOf(CATEGORIES.keySet());
  }

  static List<String> detailed() {
    List<String> detailed = new ArrayList<>();
    CATEGORIES.values().forEach(detailed::addAll);
    return detailed;
  }

  /** The category that a detailed one belongs to; {@code null} if it is in none. */
  static @Nullable String categoryOf(String detailed) {
    for (Map.Entry<String, List<String>> category : CATEGORIES.entrySet()) {
      if (category.getValue().contains(detailed)) {
        return category.getKey();
      }
    }
    return null;
  }
}
