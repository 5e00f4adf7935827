package io.sluice.config.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Deployment;
import io.sluice.config.RequestedModel;
import io.sluice.config.Resolution;
import io.sluice.config.Tables;
import io.sluice.config.snapshot.Snapshot;
import io.sluice.core.identity.Caller;
import io.sluice.core.identity.Identity;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which model answers whom, in words. */
class ExplanationTest {

  private static final String ROWS =
      Tables.model("m")
          + Tables.model("n")
          + """
          ---
          {kind: feature, name: duo_chat, targets: [{model: m}], fallbacks: [n]}
          ---
          {kind: scope, name: by-user, match: {user: user-1}, set: {targets: [{model: n}]}}
          ---
          {kind: scope, name: by-group, match: {root_namespace: "42"}, set: {sampling: {max_tokens: 5}}}
          ---
          {kind: scope, name: others, match: {user: user-2}, set: {enabled: false}}
          ---
          {kind: scope, name: code, match: {user: user-1}, features: [code_generations], set: {fallbacks: []}}
          """;

  private static Explanation explain(String rows, String feature, @Nullable RequestedModel model) {
    return explain(rows, Tables.deployment(null), feature, model);
  }

  private static Explanation explain(
      String rows, Deployment deployment, String feature, @Nullable RequestedModel model) {
    Snapshot snapshot = Tables.judged(Snapshot.EMPTY, rows).snapshot();
    Caller caller = Tables.caller(null, Identity.attested("user-1"), null, Identity.asserted("42"));
    return Explanation.of(snapshot, deployment, feature, caller, model, LocalDate.of(2026, 11, 23));
  }

  private static List<String> lines(Explanation explanation) {
    return explanation.steps().stream().map(step -> step.subject() + ": " + step.text()).toList();
  }

  @Test
  void givenRowsAndScopes_whenExplained_thenEachStepIsThere() {
    Explanation explanation = explain(ROWS, "duo_chat_fix_code", null);
    assertThat(lines(explanation))
        .containsExactly(
            "settings/global: the gateway is on",
            "feature/duo_chat: duo_chat_fix_code has no row and follows this one; it is on",
            "scope/by-user: matches by verified claims: it sets targets",
            "scope/code: is for other features",
            "scope/others: is for other callers",
            "scope/by-group: matches by a header (asserted), so it only narrows: it sets sampling",
            "model/n: is a target of scope/by-user for 1 of 1 users",
            "model/n: is a fallback",
            "answer: model/n answers, because of scope/by-user; it has no fallback");
    assertThat(explanation.resolution()).isInstanceOf(Resolution.Routed.class);
  }

  @Test
  void givenNoRows_whenExplained_thenItSaysWhatIsMissing() {
    Explanation explanation = explain("", "code_completions", null);
    assertThat(lines(explanation))
        .contains(
            "feature/code_completions: there is no such row: it is on, with no targets",
            "GitLab: names no model in this request",
            "deployment: no default model is known here")
        .last()
        .asString()
        .startsWith("refused: no model answers code_completions");
    assertThat(
            lines(explain("", Tables.deployment(Tables.defaultModel()), "code_completions", null)))
        .contains("deployment: its default model is stub");
  }

  @Test
  void givenGitLabNamesAModel_whenExplained_thenTheAnswerNamesIt() {
    RequestedModel row = new RequestedModel(null, null, null, null, "sluice/m");
    assertThat(lines(explain(Tables.model("m"), "code_completions", row)))
        .contains("GitLab: names a model, which is judged by metadata of settings/global")
        .last()
        .asString()
        .startsWith("answer: model/m answers, because of metadata sluice/m");
    RequestedModel own =
        new RequestedModel(null, "mistral", "https://llm.corp.example/v1", null, "custom_openai/x");
    assertThat(lines(explain("", "code_completions", own)))
        .last()
        .asString()
        .startsWith("answer: the model x that GitLab names answers");
    assertThat(
            lines(
                explain(
                    Tables.model("m")
                        + "---\n{kind: settings, name: global, default_model: m, metadata: {allow:"
                        + " false}}",
                    "code_completions",
                    own)))
        .contains(
            "GitLab: names a model, which metadata.allow: false of settings/global ignores",
            "settings/global: its default_model is model/m");
  }

  @Test
  void givenAModelThatMayNotAnswer_whenExplained_thenItSaysWhy() {
    String embedding =
        """
        ---
        {kind: model, name: e, provider: openai, family: embedding, model: e, endpoint: "https://llm.corp.example/v1"}
        ---
        {kind: feature, name: duo_chat, enabled: false, targets: [{model: m}]}
        """;
    assertThat(lines(explain(Tables.model("m") + embedding, "duo_chat", null)))
        .contains("feature/duo_chat: it is switched off")
        .last()
        .asString()
        .startsWith("refused: this feature is switched off by the row feature/duo_chat");
  }
}
