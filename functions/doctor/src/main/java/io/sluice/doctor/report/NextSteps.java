package io.sluice.doctor.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a GitLab administrator does next. Pure functions. */
public final class NextSteps {

  private NextSteps() {}

  /**
   * The steps, in order.
   *
   * @param url the gateway, or {@code null} where it is not known
   * @param models the names of the model rows
   */
  public static List<String> of(Report report, @Nullable String url, List<String> models) {
    if (!report.findings().isEmpty()) {
      return List.of(
          "Mend the findings above, the first ones first: later ones often follow from them.",
          "Then run scripts/doctor again.");
    }
    if (url == null) {
      return List.of(
          "No gateway could be checked: see the reasons above, then run scripts/doctor again.");
    }
    List<String> steps = new ArrayList<>();
    if (report.incomplete()) {
      steps.add("See what could not be checked above; the rest is healthy.");
    }
    steps.add(
        "Admin area > Settings > Network > Outbound requests: add the gateway's host to \"Local IP"
            + " addresses and domain names that hooks and integrations can access\".");
    steps.add(
        "Admin area > GitLab Duo > Change configuration: \"Local AI Gateway URL\" = "
            + url
            + " (no slash at the end), and \"Indirect connections\" for code suggestions.");
    steps.add(
        "Admin area > GitLab Duo > Configure models > Add self-hosted model: "
            + (models.isEmpty()
                ? "one for each model row, identifier sluice/NAME"
                : "identifier "
                    + String.join(", ", models.stream().map(m -> "sluice/" + m).toList()))
            + ", any http URL as endpoint, no key; press \"Test connection\".");
    steps.add("On the tab of AI-native features assign a model to each feature.");
    steps.add("Admin area > GitLab Duo > Run health check.");
    return steps;
  }
}
