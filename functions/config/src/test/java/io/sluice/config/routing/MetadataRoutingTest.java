package io.sluice.config.routing;

import static io.sluice.config.Tables.caller;
import static io.sluice.config.Tables.model;
import static io.sluice.config.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.ModelFamily;
import io.sluice.config.RequestedModel;
import io.sluice.config.Resolution;
import io.sluice.config.Resolution.Reason;
import io.sluice.config.Resolution.Refused;
import io.sluice.config.Resolution.Routed;
import io.sluice.config.Route;
import io.sluice.config.Tables;
import io.sluice.core.model.Secret;
import io.sluice.core.model.Target;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes that GitLab's own metadata decides (contract 7). */
class MetadataRoutingTest {

  private static final String ENDPOINT = "https://llm.corp.example/v1";
  private static final SnapshotRoutingTable EMPTY = table("");

  static RequestedModel requested(@Nullable String identifier) {
    return requested("mistral", ENDPOINT, identifier);
  }

  private static RequestedModel requested(
      @Nullable String name, @Nullable String endpoint, @Nullable String identifier) {
    return new RequestedModel("openai", name, endpoint, new Secret("key-of-gitlab"), identifier);
  }

  @ParameterizedTest
  @CsvSource({
    "custom_openai/Mixtral-8x7B, custom_openai, Mixtral-8x7B",
    "mistral-7b, custom_openai, mistral-7b",
    "trailing/, custom_openai, trailing/",
    "openai/gpt-4o, openai, gpt-4o",
    "azure/my-deployment, azure, my-deployment",
    "mistral/m, mistral, m",
    "unheard_of/a/b, unheard_of, a/b",
  })
  void givenAnIdentifier_whenResolved_thenTheFirstSlashSplitsIt(
      String identifier, String provider, String wire) {
    Target.Metadata target = target(EMPTY.resolve("duo_chat", caller(), requested(identifier)));

    assertThat(target.provider()).isEqualTo(provider);
    assertThat(target.model()).isEqualTo(wire);
    assertThat(target.endpoint()).isEqualTo(ENDPOINT);
    assertThat(target.apiKey()).isEqualTo(new Secret("key-of-gitlab"));
  }

  @Test
  void givenNoIdentifier_whenResolved_thenTheFamilyNameIsTheModel() {
    Target.Metadata target = target(EMPTY.resolve("duo_chat", caller(), requested("")));

    assertThat(target.provider()).isEqualTo("custom_openai");
    assertThat(target.model()).isEqualTo("mistral");
  }

  @Test
  void givenABlankKey_whenResolved_thenThereIsNone() {
    RequestedModel requested =
        new RequestedModel("openai", "mistral", ENDPOINT, new Secret(""), "m");

    assertThat(target(EMPTY.resolve("duo_chat", caller(), requested)).apiKey()).isNull();
  }

  @ParameterizedTest
  @EnumSource(value = ModelFamily.class, mode = EnumSource.Mode.EXCLUDE, names = "EMBEDDING")
  void givenAnyFamily_whenResolved_thenItIsTheCandidates(ModelFamily family) {
    Route route =
        routed(
            EMPTY.resolve("code_completions", caller(), requested(family.wire(), ENDPOINT, "m")));

    assertThat(route.candidates().getFirst().family()).isEqualTo(family);
    assertThat(route.candidates().getFirst().contextTokens()).isEqualTo(family.contextTokens());
    assertThat(route.reason()).isEqualTo("metadata");
  }

  @Test
  void givenAnUnknownFamily_whenResolved_thenTheRefusalListsTheKnownOnes() {
    Refused refused =
        refused(EMPTY.resolve("duo_chat", caller(), requested("no_such", ENDPOINT, "m")));

    assertThat(refused.reason()).isEqualTo(Reason.UNKNOWN_FAMILY);
    assertThat(refused.detail()).contains("mistral, mixtral, codestral").contains("qwen");
    assertThat(refused.detail()).doesNotContain("no_such").doesNotContain("embedding");
  }

  @Test
  void givenAnUnknownFamily_whenARowDecides_thenItDoesNotMatter() {
    SnapshotRoutingTable table =
        table(model("a") + "---\n{kind: feature, name: duo_chat, targets: [{model: a}]}");

    assertThat(
            routed(table.resolve("duo_chat", caller(), requested("no_such", "not a url", "m")))
                .reason())
        .isEqualTo("feature/duo_chat");
  }

  @Test
  void givenEmbeddings_whenTheFamilyIsAnother_thenItIsRefused() {
    assertThat(refused(EMPTY.resolve("embeddings_code", caller(), requested("openai/x"))).reason())
        .isEqualTo(Reason.UNKNOWN_FAMILY);
    assertThat(
            target(
                    EMPTY.resolve(
                        "embeddings_code", caller(), requested("embedding", ENDPOINT, "openai/x")))
                .model())
        .isEqualTo("x");
  }

  @Test
  void givenARowWithoutTargets_whenMetadataDecides_thenTheRowsOtherFieldsHold() {
    SnapshotRoutingTable table =
        table("{kind: feature, name: duo_chat, sampling: {temperature: 0.7}}");

    Route route = routed(table.resolve("duo_chat", caller(), requested("m")));
    assertThat(route.sampling().temperature()).isEqualTo(0.7);
    assertThat(route.reason()).isEqualTo("metadata");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:9000@evil.example",
        "http://localhost:9000",
        "http://2130706433:9000",
        "http://[::ffff:127.0.0.1]:9000",
        "http://127.0.0.1:9000/?x=1",
        "http://169.254.169.254/latest",
      })
  void givenAnEndpointOutsideTheList_whenResolved_thenItIsRefusedWithoutRepeatingIt(String url) {
    Refused refused = refused(EMPTY.resolve("duo_chat", caller(), requested("mistral", url, "m")));

    assertThat(refused.reason()).isEqualTo(Reason.METADATA_REFUSED);
    assertThat(refused.detail()).contains("--allow-endpoint").doesNotContain(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"not a url", "ftp://llm.corp.example", "localhost:9000", "http://"})
  void givenNoUrl_whenResolved_thenTheRefusalSaysSo(String url) {
    assertThat(
            refused(EMPTY.resolve("duo_chat", caller(), requested("mistral", url, "m"))).detail())
        .contains("model_metadata.endpoint is not a URL");
  }

  @Test
  void givenMembersBeyondTheirLimits_whenResolved_thenEachIsNamed() {
    assertThat(detail(requested("mistral", ENDPOINT + "/" + "x".repeat(255), "m")))
        .contains("endpoint");
    assertThat(detail(requested("x".repeat(1001)))).contains("identifier").contains("1000");
    assertThat(detail(requested("x".repeat(256), ENDPOINT, "m"))).contains("name").contains("255");
    assertThat(
            detail(
                new RequestedModel(null, "mistral", ENDPOINT, new Secret("x".repeat(2001)), "m")))
        .contains("api_key")
        .contains("2000");
  }

  @Test
  void givenNoEndpoint_whenResolved_thenTheRefusalSaysWhatToSend() {
    assertThat(detail(requested("mistral", "", "m")))
        .contains("model_metadata.endpoint is missing")
        .contains("sluice/NAME");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vertex_ai/claude", "anthropic/claude", "gemini/pro"})
  void givenAHostThatNobodyServes_whenResolved_thenItIsRefusedByName(String identifier) {
    assertThat(detail(requested(identifier)))
        .contains(identifier.substring(0, identifier.indexOf('/')))
        .contains("no backend");
  }

  @Test
  void givenBedrockInTheLocalHost_whenResolved_thenItIsRefusedByName() {
    SnapshotRoutingTable local = table("", Tables.localDeployment());

    assertThat(
            refused(
                    local.resolve(
                        "duo_chat",
                        caller(),
                        requested("claude_3", "http://dummy.local", "bedrock/converse/x")))
                .detail())
        .contains("no backend of this gateway serves provider bedrock");
  }

  @Test
  void givenBedrock_whenIdentifiersMatch_thenTheDummyEndpointIsDropped() {
    SnapshotRoutingTable table =
        table(
            "{kind: settings, name: global, metadata: {identifiers: ['bedrock/eu.anthropic.*']}}");
    RequestedModel allowed =
        requested("claude_3", "http://dummy.local", "bedrock/eu.anthropic.claude:a/b:0");
    RequestedModel refused = requested("claude_3", "http://dummy.local", "bedrock/us.anthropic.x");

    Target.Metadata target = target(table.resolve("duo_chat", caller(), allowed));
    assertThat(target.endpoint()).isNull();
    assertThat(target.model()).isEqualTo("eu.anthropic.claude:a/b:0");
    assertThat(refused(table.resolve("duo_chat", caller(), refused)).detail())
        .contains("metadata.identifiers of settings/global");
  }

  @Test
  void givenEndpointsInSettings_whenResolved_thenTheyNarrowTheDeployments() {
    SnapshotRoutingTable table =
        table(
            "{kind: settings, name: global,"
                + " metadata: {endpoints: ['https://llm.corp.example/v1/']}}");

    assertThat(target(table.resolve("duo_chat", caller(), requested("m"))).endpoint())
        .isEqualTo(ENDPOINT);
    for (String url :
        new String[] {
          "https://llm.corp.example/v2",
          "https://llm.corp.example/v10",
          "https://llm.corp.example/v1/../v2"
        }) {
      assertThat(
              refused(table.resolve("duo_chat", caller(), requested("mistral", url, "m"))).reason())
          .isEqualTo(Reason.METADATA_REFUSED);
    }
  }

  @Test
  void givenProvidersInSettings_whenAnotherIsNamed_thenItIsRefused() {
    SnapshotRoutingTable table =
        table("{kind: settings, name: global, metadata: {providers: [azure]}}");

    assertThat(refused(table.resolve("duo_chat", caller(), requested("openai/m"))).detail())
        .contains("metadata.providers");
    assertThat(target(table.resolve("duo_chat", caller(), requested("azure/m"))).model())
        .isEqualTo("m");
  }

  @Test
  void givenProvidersOfTheFeature_whenAnotherIsNamed_thenItIsRefused() {
    SnapshotRoutingTable table = table("{kind: feature, name: duo_chat, providers: [azure]}");

    assertThat(refused(table.resolve("duo_chat", caller(), requested("openai/m"))).detail())
        .contains("the feature's providers");
  }

  @Test
  void givenMetadataNotAllowed_whenResolved_thenTheDefaultAnswersOrTheRefusalNamesTheSetting() {
    String settings = "{kind: settings, name: global, metadata: {allow: false}}";

    assertThat(
            routed(
                    table(settings, Tables.deployment(Tables.defaultModel()))
                        .resolve("duo_chat", caller(), requested("m")))
                .reason())
        .contains("default model");
    assertThat(refused(table(settings).resolve("duo_chat", caller(), requested("m"))).detail())
        .contains("metadata.allow of settings/global");
    assertThat(
            refused(table(settings).resolveExactly("duo_chat", caller(), requested("m"))).detail())
        .contains("metadata.allow");
  }

  @Test
  void givenAModelOfGitLabsOwn_whenResolved_thenTheDefaultAnswers() {
    RequestedModel vendored = new RequestedModel("gitlab", null, null, null, "claude_sonnet_4_5");
    SnapshotRoutingTable table = table("", Tables.deployment(Tables.defaultModel()));

    assertThat(routed(table.resolve("duo_chat", caller(), vendored)).reason())
        .contains("default model");
    assertThat(refused(table.resolveExactly("duo_chat", caller(), vendored)).reason())
        .isEqualTo(Reason.METADATA_REFUSED);
    assertThat(refused(EMPTY.resolve("duo_chat", caller(), vendored)).reason())
        .isEqualTo(Reason.NO_MODEL);
  }

  @Test
  void givenAnIdentifierOfARow_whenResolved_thenEndpointKeyAndFamilyAreIgnored() {
    SnapshotRoutingTable table = table(model("a"));
    RequestedModel requested = requested("no_such", "http://evil.example", "sluice/a");

    Route route = routed(table.resolve("duo_chat", caller(), requested));
    assertThat(route.candidates().getFirst().target()).isEqualTo(new Target.Row("a", 1));
    assertThat(route.reason()).isEqualTo("metadata sluice/a");
    assertThat(refused(table.resolve("duo_chat", caller(), requested("sluice/none"))).detail())
        .contains("model row")
        .doesNotContain("none");
    assertThat(refused(table.resolve("duo_chat", caller(), requested("sluice/"))).reason())
        .isEqualTo(Reason.METADATA_REFUSED);
  }

  @Test
  void givenAnIdentifierOfARow_whenTheFeatureForbidsItsProvider_thenItIsRefused() {
    SnapshotRoutingTable table =
        table(model("a") + "---\n{kind: feature, name: duo_chat, providers: [azure]}");

    assertThat(refused(table.resolve("duo_chat", caller(), requested("sluice/a"))).detail())
        .contains("model/a");
  }

  @Test
  void givenTheCheckOfAModel_whenRowsWouldDecideOtherwise_thenExactlyItsModelIsAsked() {
    SnapshotRoutingTable table =
        table(
            model("a")
                + """
                ---
                {kind: feature, name: model_configuration, targets: [{model: a}], fallbacks: [a]}
                """,
            Tables.deployment(Tables.defaultModel()));

    Route route =
        routed(table.resolveExactly("model_configuration", caller(), requested("openai/x")));
    assertThat(route.candidates()).hasSize(1);
    assertThat(route.candidates().getFirst().target().label()).isEqualTo("metadata:openai/x");
    assertThat(
            refused(
                    table.resolveExactly(
                        "model_configuration", caller(), requested("mistral", null, "x")))
                .reason())
        .isEqualTo(Reason.METADATA_REFUSED);
  }

  private static String detail(RequestedModel requested) {
    Refused refused = refused(EMPTY.resolve("duo_chat", caller(), requested));
    assertThat(refused.reason()).isEqualTo(Reason.METADATA_REFUSED);
    return refused.detail();
  }

  private static Route routed(Resolution resolution) {
    assertThat(resolution).isInstanceOf(Routed.class);
    return ((Routed) resolution).route();
  }

  private static Refused refused(Resolution resolution) {
    return RowRoutingTest.refused(resolution);
  }

  private static Target.Metadata target(Resolution resolution) {
    return (Target.Metadata) routed(resolution).candidates().getFirst().target();
  }
}
