package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AwsFenceTest {

  private static final AwsFence NARROW =
      new AwsFence(Set.of("eu-central-1"), "111122223333", "duo-");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anthropic.claude-3-haiku-20240307-v1:0",
        "converse/anthropic.claude-3-haiku-20240307-v1:0",
        "eu-central-1/mistral.mistral-large-2402-v1:0",
        "amazon.titan-embed-text-v2:0",
        "zai.glm-4.7",
        "arn:aws:bedrock:eu-central-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0",
        "arn:aws:bedrock:eu-central-1:111122223333:imported-model/a1b2",
        "converse/arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/a1",
        "arn:aws:bedrock:eu-central-1:111122223333:custom-model/amazon.nova-lite-v1:0/a1",
        "arn:aws:bedrock:eu-central-1:111122223333:custom-model-deployment/a1",
        "arn:aws:bedrock:eu-central-1:111122223333:provisioned-model/a1",
      })
  void givenAModelOfTheRegionAndAccount_whenNamed_thenItMayBeAsked(String model) {
    assertThat(NARROW.refusal(Provider.BEDROCK, "eu-central-1", model)).isEmpty();
    assertThat(NARROW.refusal(Provider.BEDROCK, null, model)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "eu.anthropic.claude-x, add eu to the parameter PermittedRegions",
    "converse/us.anthropic.claude-x, add us to the parameter PermittedRegions",
    "apac.anthropic.claude-x, add apac to the parameter PermittedRegions",
    "global.anthropic.claude-x, add global to the parameter PermittedRegions",
    "jp.anthropic.claude-x, 'PermittedRegions knows the geographies us, eu, apac and global'",
    "us-gov.anthropic.claude-x, 'whose prompts may leave for us-gov'",
    "us-east-1/mistral.large, add us-east-1 to the parameter PermittedRegions",
    "arn:aws:bedrock:us-east-1::foundation-model/a.b, add us-east-1 to the parameter",
    "arn:aws:bedrock:eu-central-1:111122223333:inference-profile/eu.a.b, add eu to the parameter",
    "arn:aws:bedrock:eu-central-1:999999999999:imported-model/a, is of another account",
    "converse/arn:aws:bedrock:eu-central-1:999999999999:provisioned-model/a, another account",
    "arn:aws:bedrock:eu-central-1:111122223333:inference-profile/odd, its ARN names nothing",
    "arn:aws:bedrock:eu-central-1:111122223333:prompt/A1, its ARN names nothing",
    "arn:aws:bedrock:eu-central-1:111122223333:foundation-model, its ARN names nothing",
    "arn:aws:sagemaker:eu-central-1:111122223333:endpoint/a, its ARN names nothing",
    "arn:aws:bedrock, its ARN names nothing",
  })
  void givenAModelOutside_whenNamed_thenTheParameterToChangeIsTold(String model, String told) {
    assertThat(NARROW.refusal(Provider.BEDROCK, null, model)).get().asString().contains(told);
    assertThat(AwsFence.OPEN.refusal(Provider.BEDROCK, null, model).isPresent())
        .isEqualTo(told.startsWith("its ARN names nothing"));
  }

  @ParameterizedTest
  @CsvSource({
    "eu.anthropic.claude-x, eu-central-1",
    "arn:aws:bedrock:eu-central-1:111122223333:inference-profile/eu.anthropic.x, eu-central-1",
    "eu-west-1/mistral.large, eu-west-1",
  })
  void givenWhatTheParameterPermits_whenNamed_thenItMayBeAsked(String model, String region) {
    AwsFence wide = new AwsFence(Set.of("eu-central-1", "eu-west-1", "eu"), "111122223333", "");

    assertThat(wide.refusal(Provider.BEDROCK, region, model)).isEmpty();
    assertThat(wide.refusal(Provider.BEDROCK, region, "global.anthropic.x")).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:bedrock:eu-west-1:111122223333:imported-model/a",
    "eu-west-1/mistral.large",
  })
  void givenAnotherRegionThanTheRows_whenNamed_thenBothAreTold(String model) {
    assertThat(AwsFence.OPEN.refusal(Provider.BEDROCK, "eu-central-1", model))
        .hasValue("it names the Region eu-west-1, but region is eu-central-1");
  }

  @ParameterizedTest
  @CsvSource({
    "duo-, duo-mistral, ''",
    "duo-, duo-mistral/duo-adapter, ''",
    "duo-, other, parameter SageMakerEndpointPrefix",
    "duo-, duo-mistral/other, parameter SageMakerEndpointPrefix",
    "duo-, arn:aws:sagemaker:eu-central-1:1:endpoint/duo-x, must begin with 'duo-'",
    "'', duo-mistral, permits no endpoint of SageMaker: say how their names begin by the parameter",
    ", anything, ''",
  })
  void givenAnEndpoint_whenNamed_thenThePrefixDecides(String prefix, String model, String told) {
    AwsFence fence = new AwsFence(Set.of(), null, prefix);

    assertThat(fence.refusal(Provider.SAGEMAKER, "eu-central-1", model).orElse(""))
        .contains(told)
        .matches(text -> text.isEmpty() == told.isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "'', us-east-1, true",
    "eu, us-east-1, true",
    "'eu-central-1,eu', eu-central-1, true",
    "'eu-central-1,eu', us-east-1, false",
  })
  void givenRegions_whenAsked_thenGeographiesAreNone(
      String permitted, String region, boolean fits) {
    Set<String> regions = permitted.isEmpty() ? Set.of() : Set.of(permitted.split(",", -1));

    assertThat(new AwsFence(regions, null, null).permitsRegion(region)).isEqualTo(fits);
  }
}
