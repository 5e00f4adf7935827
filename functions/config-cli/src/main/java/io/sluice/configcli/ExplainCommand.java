package io.sluice.configcli;

import io.sluice.config.Features;
import io.sluice.config.Resolution;
import io.sluice.config.Route;
import io.sluice.config.judge.Judgement;
import io.sluice.config.routing.Explanation;
import io.sluice.config.snapshot.Snapshot;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says which model answers whom, and why. */
@Command(
    name = "explain",
    description =
        "Says which model answers a feature for somebody, and every step that leads there")
final class ExplainCommand extends StoreCommand {

  @Option(
      names = "--feature",
      required = true,
      paramLabel = "NAME",
      description = "The feature, by its setting's name in GitLab, such as duo_chat")
  private String feature = "";

  @Mixin private CallerOptions caller = new CallerOptions();

  @Option(
      names = "--rows",
      description =
          "As the rows would have it if they were published now, not as the live snapshot")
  private boolean rows;

  @Option(names = "--json", description = "One JSON object")
  private boolean json;

  @Override
  int run(Store store) throws IOException, Failure {
    if (!Features.known(feature)) {
      throw Failure.usage(
          "there is no feature of that name; features: " + String.join(", ", Features.names()));
    }
    Snapshot snapshot = rows ? judged(store) : store.live();
    Explanation explanation =
        Explanation.of(
            snapshot,
            fence().deployment(environment()),
            feature,
            caller.caller(),
            caller.requested(),
            LocalDate.now(parent().clock()));
    String source =
        store.state().isEmpty()
            ? store.name()
            : rows ? "the rows of " + store.name() : "snapshot " + snapshot.number();
    if (json) {
      out().println(Json.asciiLine(json(source, explanation)));
    } else {
      print(source, explanation);
    }
    return explanation.resolution() instanceof Resolution.Routed ? 0 : Failure.FINDINGS;
  }

  private Judgement judgement(Store store) throws IOException, Failure {
    return judge().judge(store.newest(), store.rows());
  }

  private Snapshot judged(Store store) throws IOException, Failure {
    return judgement(store).snapshot();
  }

  private void print(String source, Explanation explanation) {
    out().println(feature + ", by " + source + ":");
    int number = 1;
    for (Explanation.Step step : explanation.steps()) {
      out().println("%2d. %s: %s".formatted(number, step.subject(), step.text()));
      number++;
    }
    if (explanation.resolution() instanceof Resolution.Routed routed) {
      out().println("    " + details(routed.route()));
    }
    if (noModel(explanation)) {
      out()
          .println(
              "    A default model of the deployment is known here only by SLUICE_MODEL_ENDPOINT"
                  + " and SLUICE_MODEL_NAME");
    }
  }

  private boolean noModel(Explanation explanation) {
    return explanation.resolution() instanceof Resolution.Refused refused
        && refused.reason() == Resolution.Reason.NO_MODEL
        && environment().getOrDefault("SLUICE_MODEL_NAME", "").isEmpty();
  }

  private static String details(Route route) {
    return "temperature "
        + or(route.sampling().temperature())
        + ", top_p "
        + or(route.sampling().topP())
        + ", max_tokens "
        + or(route.sampling().maxTokens())
        + "; limits: first event "
        + time(route.firstEvent())
        + ", idle "
        + time(route.idle())
        + ", total "
        + time(route.total())
        + "; content is "
        + (route.logContent() ? "logged where GitLab asks for it" : "not logged");
  }

  private static String time(@Nullable Duration time) {
    return or(time == null ? null : time.toMillis() / 1000.0 + " s");
  }

  private static String or(@Nullable Object value) {
    return value == null ? "as usual" : value.toString();
  }

  private JsonObject json(String source, Explanation explanation) {
    List<JsonValue> steps =
        explanation.steps().stream()
            .<JsonValue>map(
                step ->
                    JsonObject.builder()
                        .put("subject", step.subject())
                        .put("text", step.text())
                        .build())
            .toList();
    JsonObject.Builder object =
        JsonObject.builder().put("feature", feature).put("by", source).put("steps", steps);
    return switch (explanation.resolution()) {
      case Resolution.Refused refused ->
          object
              .put("refused", refused.reason().name().toLowerCase(Locale.ROOT))
              .put("detail", refused.detail())
              .build();
      case Resolution.Routed routed ->
          object
              .put("models", routed.route().candidates().stream().map(Explanation::name).toList())
              .put("because", routed.route().reason())
              .put("content_log", routed.route().logContent())
              .build();
    };
  }
}
