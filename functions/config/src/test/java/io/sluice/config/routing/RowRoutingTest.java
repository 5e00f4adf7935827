package io.sluice.config.routing;

import static io.sluice.config.Tables.caller;
import static io.sluice.config.Tables.model;
import static io.sluice.config.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Admission;
import io.sluice.config.Candidate;
import io.sluice.config.Resolution;
import io.sluice.config.Resolution.Reason;
import io.sluice.config.Resolution.Refused;
import io.sluice.config.Resolution.Routed;
import io.sluice.config.Route;
import io.sluice.config.Tables;
import io.sluice.core.identity.Caller;
import io.sluice.core.identity.Identity;
import io.sluice.core.model.Target;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Routes that rows decide: features, scopes, default model. */
class RowRoutingTest {

  private static final String MODELS = model("a") + model("b") + model("c");

  @Test
  void givenTargetsAndFallbacks_whenResolved_thenTheTargetComesFirstAndFallbacksFollow() {
    Route route =
        routed(
            table(
                    MODELS
                        + """
                        ---
                        kind: feature
                        name: duo_chat
                        targets: [{model: a}]
                        fallbacks: [c, a, b]
                        sampling: {temperature: 0.5, max_tokens: 96}
                        timeout: {first_event: 600s, idle: 20s, total: 10m}
                        """)
                .resolve("duo_chat", caller(), null));

    assertThat(names(route)).containsExactly("a", "c", "b");
    assertThat(route.candidates().getFirst().wireModel()).isEqualTo("a-wire");
    assertThat(route.sampling().temperature()).isEqualTo(0.5);
    assertThat(route.sampling().maxTokens()).isEqualTo(96);
    assertThat(route.firstEvent()).isEqualTo(Duration.ofMinutes(10));
    assertThat(route.idle()).isEqualTo(Duration.ofSeconds(20));
    assertThat(route.total()).isEqualTo(Duration.ofMinutes(10));
    assertThat(route.reason()).isEqualTo("feature/duo_chat");
    assertThat(route.snapshot()).isEqualTo(1);
    assertThat(route.refuseUnaudited()).isTrue();
    assertThat(route.logContent()).isFalse();
    assertThat(route.stale()).isFalse();
  }

  @Test
  void givenSettingsSwitchedOff_whenResolved_thenEverythingIsRefusedNamingTheRow() {
    Resolution resolution =
        table("{kind: settings, name: global, enabled: false}")
            .resolve("duo_chat", caller(), MetadataRoutingTest.requested("mistral/m"));

    assertThat(refused(resolution).reason()).isEqualTo(Reason.DISABLED);
    assertThat(refused(resolution).detail()).contains("settings/global");
  }

  @Test
  void givenADisabledFeature_whenResolved_thenItIsRefusedNamingTheRow() {
    Resolution resolution =
        table("{kind: feature, name: code_completions, enabled: false}")
            .resolve("code_completions", caller(), MetadataRoutingTest.requested("m"));

    assertThat(refused(resolution).reason()).isEqualTo(Reason.DISABLED);
    assertThat(refused(resolution).detail()).contains("feature/code_completions");
  }

  @Test
  void givenARowForChatOnly_whenReadersAndSlashCommandsAreResolved_thenTheyInheritIt() {
    SnapshotRoutingTable table =
        table(MODELS + "---\n{kind: feature, name: duo_chat, targets: [{model: b}]}");

    for (String feature : List.of("issue_reader", "documentation_search", "duo_chat_fix_code")) {
      Route route = routed(table.resolve(feature, caller(), null));
      assertThat(names(route)).containsExactly("b");
      assertThat(route.feature()).isEqualTo("duo_chat");
    }
    assertThat(refused(table.resolve("code_generations", caller(), null)).reason())
        .isEqualTo(Reason.NO_MODEL);
  }

  @Test
  void givenAFeatureThatAsksNoModel_whenAdmitted_thenNoTargetIsNeeded() {
    assertThat(table(MODELS).admit("documentation_search", caller()))
        .isEqualTo(new Admission.Admitted(false, true, 1, false));
    assertThat(
            table(
                    """
                    {kind: settings, name: global, content_log: true, audit: {on_failure: log}}
                    ---
                    {kind: feature, name: duo_chat, content_log: {enabled: true, until: 2999-01-01}}
                    """)
                .admit("documentation_search", caller()))
        .isEqualTo(new Admission.Admitted(true, false, 1, false));
  }

  @Test
  void givenChatSwitchedOff_whenAPartOfItIsAdmitted_thenItIsRefusedNamingTheRow() {
    SnapshotRoutingTable table = table("{kind: feature, name: duo_chat, enabled: false}");

    assertThat(table.admit("documentation_search", caller()))
        .isInstanceOfSatisfying(
            Resolution.Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.DISABLED);
              assertThat(refused.detail()).contains("feature/duo_chat");
            });
  }

  @Test
  void givenARowOfItsOwn_whenResolved_thenNothingIsInherited() {
    SnapshotRoutingTable table =
        table(
            MODELS
                + """
                ---
                {kind: feature, name: duo_chat, enabled: false}
                ---
                {kind: feature, name: duo_chat_fix_code, targets: [{model: c}]}
                """);

    assertThat(names(routed(table.resolve("duo_chat_fix_code", caller(), null))))
        .containsExactly("c");
    assertThat(refused(table.resolve("duo_chat_write_tests", caller(), null)).detail())
        .contains("feature/duo_chat");
  }

  @Test
  void givenWeights_whenManyUsersAsk_thenSharesFollowAndEachUserStays() {
    SnapshotRoutingTable table =
        table(
            MODELS
                + """
                ---
                kind: feature
                name: duo_chat
                targets: [{model: a, weight: 90}, {model: b, weight: 10}]
                """);

    long canary =
        IntStream.range(0, 2000)
            .mapToObj(i -> caller(Identity.attested("i"), Identity.attested("u" + i), null, null))
            .filter(
                caller -> {
                  List<String> first = names(routed(table.resolve("duo_chat", caller, null)));
                  assertThat(names(routed(table.resolve("duo_chat", caller, null))))
                      .isEqualTo(first);
                  return first.equals(List.of("b"));
                })
            .count();

    assertThat(canary).isBetween(150L, 250L);
  }

  @Test
  void givenScopesOfSeveralKinds_whenResolved_thenTheMostSpecificWinsFieldByField() {
    SnapshotRoutingTable table =
        table(
            MODELS
                + """
                ---
                kind: feature
                name: duo_chat
                targets: [{model: a}]
                fallbacks: [b]
                ---
                kind: scope
                name: whole-instance
                match: {instance: instance-1}
                set: {targets: [{model: c}], sampling: {temperature: 0.1, max_tokens: 10}}
                ---
                kind: scope
                name: one-user
                match: {user: user-1}
                features: [duo_chat]
                set: {sampling: {temperature: 0.9}, fallbacks: []}
                """);

    Route mine = routed(table.resolve("duo_chat", caller(), null));
    assertThat(names(mine)).containsExactly("c");
    assertThat(mine.sampling().temperature()).isEqualTo(0.9);
    assertThat(mine.sampling().maxTokens()).isEqualTo(10);
    assertThat(mine.reason()).isEqualTo("scope/whole-instance");

    Caller other = caller(Identity.attested("instance-2"), null, null, null);
    assertThat(names(routed(table.resolve("duo_chat", other, null)))).containsExactly("a", "b");
  }

  @Test
  void givenAScopeWithTwoMembers_whenOnlyOneMatches_thenItDoesNotApply() {
    SnapshotRoutingTable table =
        table(
            MODELS
                + """
                ---
                {kind: feature, name: duo_chat, targets: [{model: a}]}
                ---
                kind: scope
                name: payments
                match: {instance: instance-1, root_namespace: "42"}
                set: {targets: [{model: b}]}
                """);
    Identity instance = Identity.attested("instance-1");

    assertThat(
            names(
                routed(
                    table.resolve(
                        "duo_chat", caller(instance, null, null, Identity.asserted("42")), null))))
        .containsExactly("b");
    assertThat(
            names(
                routed(
                    table.resolve(
                        "duo_chat", caller(instance, null, null, Identity.asserted("43")), null))))
        .containsExactly("a");
  }

  @Test
  void givenAnAssertedScope_whenItWouldWiden_thenItOnlyNarrows() {
    String rows =
        """
        ---
        {kind: settings, name: global, content_log: true}
        ---
        kind: model
        name: eu
        provider: bedrock
        family: claude_3
        model: claude
        region: eu-central-1
        ---
        kind: model
        name: us
        provider: bedrock
        family: claude_3
        model: claude
        region: us-east-1
        ---
        kind: feature
        name: duo_chat
        targets: [{model: eu}]
        regions: [eu-central-1]
        sampling: {max_tokens: 100}
        timeout: {first_event: 8s}
        ---
        kind: scope
        name: wide
        match: {namespace: "7"}
        set:
          targets: [{model: us}, {model: eu}]
          regions: [us-east-1, eu-central-1]
          content_log: {enabled: true}
          sampling: {max_tokens: 5000}
          timeout: {first_event: 60s}
        """;
    SnapshotRoutingTable table = table(rows);

    Route asserted =
        routed(table.resolve("duo_chat", caller(null, null, Identity.asserted("7"), null), null));
    assertThat(names(asserted)).containsExactly("eu");
    assertThat(asserted.logContent()).isFalse();
    assertThat(asserted.sampling().maxTokens()).isEqualTo(100);
    assertThat(asserted.firstEvent()).isEqualTo(Duration.ofSeconds(8));

    Route attested =
        routed(table.resolve("duo_chat", caller(null, null, Identity.attested("7"), null), null));
    assertThat(attested.logContent()).isTrue();
    assertThat(attested.sampling().maxTokens()).isEqualTo(5000);
    assertThat(attested.firstEvent()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void givenAnAssertedScopeThatSwitchesOff_whenResolved_thenItIsObeyed() {
    SnapshotRoutingTable table =
        table(
            MODELS
                + """
                ---
                {kind: settings, name: global, content_log: true}
                ---
                kind: feature
                name: duo_chat
                targets: [{model: a}]
                content_log: {enabled: true, until: 2026-11-23}
                ---
                {kind: scope, name: quiet, match: {namespace: "8"}, set: {content_log: {enabled: false}}}
                ---
                {kind: scope, name: "off", match: {namespace: "9"}, set: {enabled: false}}
                """);

    assertThat(routed(table.resolve("duo_chat", caller(), null)).logContent()).isTrue();
    Caller quiet = caller(null, null, Identity.asserted("8"), null);
    assertThat(routed(table.resolve("duo_chat", quiet, null)).logContent()).isFalse();
    Caller off = caller(null, null, Identity.asserted("9"), null);
    assertThat(refused(table.resolve("duo_chat", off, null)).detail()).contains("scope/off");
  }

  @Test
  void givenAContentLogThatEnded_whenResolved_thenContentIsNotLogged() {
    SnapshotRoutingTable table =
        table(
            MODELS
                + """
                ---
                {kind: settings, name: global, content_log: true}
                ---
                kind: feature
                name: duo_chat
                targets: [{model: a}]
                content_log: {enabled: true, until: 2026-11-22}
                """);

    assertThat(routed(table.resolve("duo_chat", caller(), null)).logContent()).isFalse();
  }

  @Test
  void givenADefaultModelInSettings_whenNothingElseDecides_thenItAnswers() {
    SnapshotRoutingTable table =
        table(
            MODELS
                + "---\n{kind: settings, name: global, default_model: b, audit: {on_failure: log}}",
            Tables.deployment(Tables.defaultModel()));

    Route route = routed(table.resolve("summarize_review", caller(), null));
    assertThat(names(route)).containsExactly("b");
    assertThat(route.reason()).contains("default_model");
    assertThat(route.refuseUnaudited()).isFalse();
  }

  @Test
  void givenAnEmptyTable_whenTheDeploymentHasADefaultModel_thenItAnswers() {
    SnapshotRoutingTable table = table("", Tables.deployment(Tables.defaultModel()));

    Route route = routed(table.resolve("code_completions", caller(), null));
    assertThat(names(route)).containsExactly("default");
    assertThat(route.snapshot()).isZero();
    assertThat(table.find("default", 0)).contains(Tables.defaultModel());
    assertThat(table.find("other", 0)).isEmpty();
  }

  @Test
  void givenNothingAtAll_whenResolved_thenTheRefusalSaysWhatToSet() {
    Refused refused = refused(table("").resolve("duo_chat", caller(), null));

    assertThat(refused.reason()).isEqualTo(Reason.NO_MODEL);
    assertThat(refused.detail())
        .contains("feature/duo_chat")
        .contains("default_model in settings/global")
        .contains("in GitLab");
  }

  @Test
  void givenAnEmbeddingFeature_whenOnlyAChatModelIsTheDefault_thenItIsRefused() {
    SnapshotRoutingTable table = table("", Tables.deployment(Tables.defaultModel()));

    assertThat(refused(table.resolve("embeddings_code", caller(), null)).detail())
        .contains("does not support embeddings");
  }

  private static Route routed(Resolution resolution) {
    assertThat(resolution).isInstanceOf(Routed.class);
    return ((Routed) resolution).route();
  }

  static Refused refused(Resolution resolution) {
    assertThat(resolution).isInstanceOf(Refused.class);
    return (Refused) resolution;
  }

  static List<String> names(Route route) {
    return route.candidates().stream().map(Candidate::target).map(Target::label).toList();
  }
}
