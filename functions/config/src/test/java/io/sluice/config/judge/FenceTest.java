package io.sluice.config.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.AwsFence;
import io.sluice.config.Deployment;
import io.sluice.config.Provider;
import io.sluice.config.RequestedModel;
import io.sluice.config.Resolution;
import io.sluice.config.Tables;
import io.sluice.config.routing.Explanation;
import io.sluice.config.snapshot.Snapshot;
import io.sluice.config.store.YamlRows;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of Bedrock and SageMaker in a stack: judged when published, explained, asked by GitLab. */
class FenceTest {

  private static final String OWN = "arn:aws:bedrock:eu-central-1:111122223333:";
  private static final String METADATA =
      "{kind: settings, name: global, metadata: {identifiers: ['bedrock/*', 'sagemaker/*']}}\n";

  private static Deployment stack(Set<Provider> served) {
    Deployment open = Tables.deployment(null);
    return new Deployment(
        open.rowEndpoints(),
        open.metadataEndpoints(),
        served,
        new AwsFence(Set.of("eu-central-1"), "111122223333", "duo-"),
        null);
  }

  private static String row(String provider, String region, String model) {
    return """
    {kind: model, name: m, provider: %s, family: claude_3, region: %s, model: '%s'}
    ---
    {kind: feature, name: duo_chat, targets: [{model: m}]}
    ---
    """
        .formatted(provider, region, model);
  }

  private static String status(Deployment deployment, String rows) {
    return judgement(deployment, rows).statuses().stream()
        .filter(status -> status.key().kind().equals("model"))
        .map(RowStatus::message)
        .findFirst()
        .orElseThrow();
  }

  private static Judgement judgement(Deployment deployment, String rows) {
    return new Judge(Tables.SCHEMAS, deployment, PromptCheck.none(), Remedies.STACK)
        .judge(Snapshot.EMPTY, YamlRows.parse(rows));
  }

  @ParameterizedTest
  @CsvSource({
    "bedrock, eu-central-1, anthropic.claude-3-haiku",
    "bedrock, eu-central-1, " + OWN + "imported-model/a1",
    "sagemaker, eu-central-1, duo-mistral/duo-adapter",
  })
  void givenARowInside_whenPublished_thenItIsLive(String provider, String region, String model) {
    Deployment served = stack(Set.of(Provider.values()));

    assertThat(judgement(served, row(provider, region, model)).statuses())
        .allSatisfy(status -> assertThat(status.problems()).as(status.message()).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "bedrock, us-east-1, anthropic.x, 'region: must stay within', parameter PermittedRegions",
    "bedrock, eu-central-1, eu.anthropic.x, model:, add eu to the parameter PermittedRegions",
    "bedrock, eu-central-1, arn:aws:bedrock:eu-central-1:9:imported-model/a, model:, another"
        + " account",
    "bedrock, eu-central-1, arn:aws:bedrock:eu-west-1:9:imported-model/a, model:, region is",
    "sagemaker, eu-central-1, other, model:, parameter SageMakerEndpointPrefix",
  })
  void givenARowOutside_whenPublished_thenFieldAndParameterAreNamed(
      String provider, String region, String model, String field, String told) {
    String rows = row(provider, region, model);

    assertThat(status(stack(Set.of(Provider.values())), rows)).contains(field).contains(told);
    assertThat(status(stack(Set.of(Provider.OPENAI)), rows))
        .contains("no backend of this gateway serves provider " + provider)
        .contains(told);
  }

  @Test
  void givenASecretOutsideTheStack_whenPublished_thenItIsRefused() {
    String rows =
        """
        {kind: model, name: m, provider: openai, family: mistral, model: m,
         endpoint: "https://llm.corp.example/v1", secret: other-stack/codestral}
        """;

    assertThat(status(stack(Set.of(Provider.OPENAI)), rows)).contains("secret: must be");
  }

  @Test
  void givenATableFromBeforeTheFence_whenExplained_thenTheParameterIsNamed() {
    Snapshot open =
        judgement(Tables.deployment(null), row("bedrock", "eu-central-1", "us.anthropic.x"))
            .snapshot();

    Explanation explanation = explain(open, null);

    assertThat(explanation.steps())
        .anySatisfy(
            step ->
                assertThat(step.text())
                    .contains("but may not answer: it is a cross-Region profile")
                    .contains("add us to the parameter PermittedRegions"));
    assertThat(explanation.resolution()).isInstanceOf(Resolution.Refused.class);
  }

  @Test
  void givenATableOfAnotherRegion_whenExplained_thenTheParameterIsNamed() {
    Snapshot open =
        judgement(Tables.deployment(null), row("bedrock", "us-east-1", "anthropic.x")).snapshot();

    assertThat(explain(open, null).steps().toString())
        .contains("its region us-east-1 is not permitted by the deployment: add it to the")
        .contains("PermittedRegions");
  }

  @ParameterizedTest
  @CsvSource({
    "bedrock/anthropic.claude-x, ''",
    "bedrock/converse/us.anthropic.x, add us to the parameter PermittedRegions",
    "bedrock/us-east-1/anthropic.x, add us-east-1 to the parameter PermittedRegions",
    "bedrock/converse/arn:aws:bedrock:eu-central-1:9:imported-model/a, another account",
    "sagemaker/other, parameter SageMakerEndpointPrefix",
  })
  void givenAnIdentifierOfGitLab_whenAsked_thenTheFenceHoldsToo(String identifier, String told) {
    Snapshot snapshot = judgement(Tables.deployment(null), METADATA).snapshot();
    RequestedModel requested =
        new RequestedModel("openai", "claude_3", "http://dummy.local", null, identifier);

    Resolution resolution = explain(snapshot, requested).resolution();

    if (told.isEmpty()) {
      assertThat(resolution).isInstanceOf(Resolution.Routed.class);
    } else {
      assertThat(((Resolution.Refused) resolution).detail())
          .startsWith("model_metadata.identifier is refused: ")
          .contains(told);
    }
  }

  private static Explanation explain(Snapshot snapshot, @Nullable RequestedModel requested) {
    return Explanation.of(
        snapshot,
        stack(Set.of(Provider.values())),
        "duo_chat",
        Tables.caller(),
        requested,
        LocalDate.of(2026, 11, 23));
  }
}
