package io.sluice.config.judge;

import io.sluice.config.Ability;
import io.sluice.config.AwsFence;
import io.sluice.config.Deployment;
import io.sluice.config.FeatureRow;
import io.sluice.config.Features;
import io.sluice.config.ModelFamily;
import io.sluice.config.ModelRow;
import io.sluice.config.PromptRow;
import io.sluice.config.RoutePolicy;
import io.sluice.config.Row;
import io.sluice.config.ScopeRow;
import io.sluice.config.SettingsRow;
import io.sluice.config.routing.TargetRules;
import io.sluice.config.row.Problem;
import io.sluice.config.snapshot.LiveRows;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What rows must obey beyond their schemas: references, the deployment's limits, policies.
 *
 * @param deployment what the deployment fixes
 * @param prompts the checker of prompt templates
 * @param remedies what to change where a row is outside of what the deployment allows
 */
record RowRules(Deployment deployment, PromptCheck prompts, Remedies remedies) {

  /** What is wrong with the row, beside these other rows. */
  List<Problem> problems(Row row, LiveRows rows) {
    return switch (row) {
      case ModelRow model -> model(model, rows.settings());
      case FeatureRow feature -> feature(feature, rows);
      case ScopeRow scope -> scope(scope, rows);
      case PromptRow prompt -> prompt(prompt);
      case SettingsRow settings -> settings(settings, rows);
    };
  }

  private List<Problem> model(ModelRow model, SettingsRow settings) {
    List<Problem> problems = new ArrayList<>();
    new TargetRules(deployment, settings)
        .deploymentMisfit(model.provider())
        .ifPresent(text -> problems.add(new Problem("provider", text)));
    if (model.endpoint() != null) {
      deployment
          .rowEndpoints()
          .refusal(model.endpoint())
          .ifPresent(text -> problems.add(new Problem("endpoint", outside(text))));
    }
    if (model.region() != null) {
      permitted(problems, "region", Set.of(model.region()));
      deployment
          .aws()
          .refusal(model.provider(), model.region(), model.model())
          .ifPresent(text -> problems.add(new Problem("model", text)));
    }
    if (model.maxOutputTokens() > model.contextTokens()) {
      problems.add(new Problem("max_output_tokens", "must be at most context_tokens"));
    }
    if (model.family() == ModelFamily.EMBEDDING && !model.supports().contains(Ability.EMBEDDINGS)) {
      problems.add(new Problem("supports", "must have embeddings for the family embedding"));
    }
    return problems;
  }

  private List<Problem> feature(FeatureRow feature, LiveRows rows) {
    List<Problem> problems = new ArrayList<>();
    featureName(problems, "name", feature.name());
    PolicyRules rules = new PolicyRules(deployment, rows, "", problems);
    rules.check(feature.policy(), feature.policy(), List.of(feature.name()));
    return problems;
  }

  private List<Problem> scope(ScopeRow scope, LiveRows rows) {
    List<Problem> problems = new ArrayList<>();
    scope.features().stream().sorted().forEach(name -> featureName(problems, "features", name));
    List<String> features =
        scope.features().isEmpty()
            ? List.of("duo_chat")
            : scope.features().stream().sorted().toList();
    for (String name : features) {
      RoutePolicy base =
          Features.lineage(name).stream()
              .flatMap(ancestor -> Optional.ofNullable(rows.features().get(ancestor)).stream())
              .findFirst()
              .map(FeatureRow::policy)
              .orElse(RoutePolicy.EMPTY);
      new PolicyRules(deployment, rows, "set.", problems)
          .check(scope.policy(), scope.policy().over(base), List.of(name));
    }
    return problems.stream().distinct().toList();
  }

  private List<Problem> prompt(PromptRow prompt) {
    List<Problem> problems = new ArrayList<>();
    String family = prompt.name().substring(prompt.name().lastIndexOf('/') + 1);
    if (!family.equals("base") && ModelFamily.named(family).isEmpty()) {
      problems.add(
          new Problem(
              "name",
              "must end in a model family or base; families: "
                  + String.join(", ", ModelFamily.chatNames())));
    }
    if (prompt.template().getBytes(StandardCharsets.UTF_8).length > PromptRow.MAX_TEMPLATE_BYTES) {
      problems.add(new Problem("template", "must be at most 100 KB"));
    } else {
      prompts.problems(prompt).forEach(text -> problems.add(new Problem("template", text)));
    }
    return problems;
  }

  private List<Problem> settings(SettingsRow settings, LiveRows rows) {
    List<Problem> problems = new ArrayList<>();
    String name = settings.defaultModel();
    if (name != null && !PolicyRules.exists(deployment, rows, name)) {
      problems.add(new Problem("default_model", PolicyRules.noModel(name)));
    }
    permitted(problems, "regions", settings.regions());
    List<String> endpoints = settings.metadata().endpoints();
    for (int i = 0; i < endpoints.size(); i++) {
      String field = "metadata.endpoints[" + i + "]";
      deployment
          .metadataEndpoints()
          .refusal(endpoints.get(i))
          .ifPresent(text -> problems.add(new Problem(field, outside(text))));
    }
    return problems;
  }

  private static void featureName(List<Problem> problems, String field, String name) {
    if (!Features.known(name)) {
      problems.add(
          new Problem(
              field,
              "'" + name + "' is no feature; features: " + String.join(", ", Features.names())));
    }
  }

  static void regions(
      List<Problem> problems, String field, Set<String> regions, Set<String> outer, String whose) {
    if (!outer.isEmpty() && !outer.containsAll(regions)) {
      problems.add(
          new Problem(
              field,
              "must stay within the regions of "
                  + whose
                  + ": "
                  + outer.stream().sorted().toList()));
    }
  }

  private String outside(String refusal) {
    return refusal
        + " Rows only narrow what the deployment allows: change the endpoint, or "
        + remedies.endpoint();
  }

  private void permitted(List<Problem> problems, String field, Set<String> regions) {
    AwsFence fence = deployment.aws();
    if (!regions.stream().allMatch(fence::permitsRegion)) {
      problems.add(
          new Problem(
              field,
              "must stay within the regions of the deployment (or add it to the parameter"
                  + " PermittedRegions and deploy again): "
                  + fence.regions().stream().filter(fence::permitsRegion).sorted().toList()));
    }
  }
}
