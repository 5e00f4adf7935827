package io.sluice.prompts.output;

import java.util.List;
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

  private static final List<String> NAMES =
      List.of(
          "code_review",
          "comment_temperature",
          "documentation_answer",
          "failure_reason",
          "feature_search",
          "mention_intent",
          "merge_request_summary",
          "prose",
          "question_category",
          "react",
          "resource_by_id",
          "resource_by_iid",
          "resource_by_reference",
          "resource_by_url",
          "session_title",
          "text",
          "vulnerability_fix");

  private OutputContracts() {}

  /** The contract of that name, {@code null} if there is none. Only that one is loaded. */
  public static @Nullable OutputContract named(String name) {
    return switch (name) {
      case "code_review" -> new CodeReviewContract();
      case "comment_temperature" -> new CommentTemperatureContract();
      case "documentation_answer" -> new DocumentationContract();
      case "failure_reason" -> new TextContract(MOST_OF_A_REASON);
      case "feature_search" -> new FeatureSearchContract();
      case "mention_intent" -> new MentionIntentContract();
      case "merge_request_summary" -> new TextContract(MOST_OF_A_SUMMARY);
      case "prose" -> PROSE;
      case "question_category" -> new QuestionCategoryContract();
      case "react" -> new ReactContract();
      case "resource_by_id" -> new ResourceContract("current", "id", "url");
      case "resource_by_iid" -> new ResourceContract("current", "iid", "url", "reference");
      case "resource_by_reference" -> new ResourceContract("current", "url", "reference");
      case "resource_by_url" -> new ResourceContract("current", "url");
      case "session_title" -> new SessionTitleContract();
      case "text" -> new TextContract(Integer.MAX_VALUE);
      case "vulnerability_fix" -> new VulnerabilityContract();
      default -> null;
    };
  }

  /** All names, in alphabetical order, for messages. */
  public static List<String> names() {
    return NAMES;
  }
}
