package io.sluice.prompts.output;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The contracts by the names that prompt files give them. */
public final class OutputContracts {

  /**
   * Text for people: any is right, and it is given on as it is made. The contract of a prompt whose
   * file names none.
   */
  public static final OutputContract PROSE = new ProseContract();

  /** What GitLab keeps of a merge request's summary (contract 4.5). */
  private static final int MOST_OF_A_SUMMARY = 1800;

  /** What GitLab keeps of the reason why a session failed (contract 4.5). */
  private static final int MOST_OF_A_REASON = 1024;

  private static final Map<String, OutputContract> BY_NAME =
      Map.ofEntries(
          Map.entry("prose", PROSE),
          Map.entry("react", new ReactContract()),
          Map.entry("documentation_answer", new DocumentationContract()),
          Map.entry("resource_by_iid", new ResourceContract("current", "iid", "url", "reference")),
          Map.entry("resource_by_reference", new ResourceContract("current", "url", "reference")),
          Map.entry("resource_by_id", new ResourceContract("current", "id", "url")),
          Map.entry("resource_by_url", new ResourceContract("current", "url")),
          Map.entry("text", new TextContract(Integer.MAX_VALUE)),
          Map.entry("merge_request_summary", new TextContract(MOST_OF_A_SUMMARY)),
          Map.entry("failure_reason", new TextContract(MOST_OF_A_REASON)),
          Map.entry("code_review", new CodeReviewContract()),
          Map.entry("vulnerability_fix", new VulnerabilityContract()),
          Map.entry("comment_temperature", new CommentTemperatureContract()),
          Map.entry("question_category", new QuestionCategoryContract()),
          Map.entry("mention_intent", new MentionIntentContract()),
          Map.entry("session_title", new SessionTitleContract()),
          Map.entry("feature_search", new FeatureSearchContract()));

  private OutputContracts() {}

  /** The contract of that name, {@code null} if there is none. */
  public static @Nullable OutputContract named(String name) {
    return BY_NAME.get(name);
  }

  /** All names, for messages. */
  public static Set<String> names() {
    return new TreeSet<>(BY_NAME.keySet());
  }
}
