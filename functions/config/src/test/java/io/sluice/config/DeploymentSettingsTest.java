package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeploymentSettingsTest {

  @Test
  void givenNoVariables_whenRead_thenNothingIsAllowed() {
    DeploymentSettings settings = DeploymentSettings.of(Map.of());

    assertThat(settings.rowEndpoints().allowed()).isEmpty();
    assertThat(settings.metadataEndpoints().allowed()).isEmpty();
    assertThat(settings.aws()).isEqualTo(new AwsFence(Set.of(), null, ""));
    assertThat(settings.defaultModel()).isNull();
  }

  @Test
  void givenAModel_whenRead_thenItsDefaultsApplyAndItsEndpointIsNotMetadatas() {
    DeploymentSettings settings =
        DeploymentSettings.of(
            Map.of(
                "SLUICE_MODEL_ENDPOINT",
                "https://llm.corp.example/v1",
                "SLUICE_MODEL_NAME",
                "tiny",
                "SLUICE_MODEL_SECRET",
                "",
                "SLUICE_ALLOW_ENDPOINTS",
                "https://a.example  https://b.example/v1"));

    ModelRow model = settings.defaultModel();
    assertThat(model).isNotNull();
    assertThat(model.name()).isEqualTo("default");
    assertThat(model.provider()).isEqualTo(Provider.OPENAI);
    assertThat(model.family()).isEqualTo(ModelFamily.GENERAL);
    assertThat(model.completion()).isEqualTo(CompletionMode.CHAT);
    assertThat(model.secret()).isNull();
    assertThat(model.contextTokens()).isEqualTo(32_000);
    assertThat(model.maxOutputTokens()).isEqualTo(4_096);
    assertThat(settings.metadataEndpoints().refusal("https://b.example/v1")).isEmpty();
    assertThat(settings.rowEndpoints().refusal("https://llm.corp.example/v1")).isEmpty();
    assertThat(settings.metadataEndpoints().refusal("https://llm.corp.example/v1")).isPresent();
  }

  @Test
  void givenEveryVariableOfTheModel_whenRead_thenItIsTheRows() {
    ModelRow model =
        DeploymentSettings.of(
                Map.of(
                    "SLUICE_MODEL_PROVIDER", "azure",
                    "SLUICE_MODEL_ENDPOINT", "https://llm.corp.example",
                    "SLUICE_MODEL_NAME", "deployment-1",
                    "SLUICE_MODEL_FAMILY", "codestral",
                    "SLUICE_MODEL_COMPLETION", "fim",
                    "SLUICE_MODEL_CONTEXT_TOKENS", "8000",
                    "SLUICE_MODEL_OUTPUT_TOKENS", "512",
                    "SLUICE_MODEL_SECRET", "azure-key"))
            .defaultModel();

    assertThat(model).isNotNull();
    assertThat(model.provider()).isEqualTo(Provider.AZURE);
    assertThat(model.model()).isEqualTo("deployment-1");
    assertThat(model.family()).isEqualTo(ModelFamily.CODESTRAL);
    assertThat(model.completion()).isEqualTo(CompletionMode.FIM);
    assertThat(model.contextTokens()).isEqualTo(8_000);
    assertThat(model.maxOutputTokens()).isEqualTo(512);
    assertThat(model.secret()).isEqualTo("azure-key");
  }

  @Test
  void givenASmallFamily_whenNoLimitIsSet_thenItsContextIsTheLimit() {
    ModelRow model =
        DeploymentSettings.of(
                Map.of(
                    "SLUICE_MODEL_ENDPOINT", "https://llm.corp.example",
                    "SLUICE_MODEL_NAME", "gemma",
                    "SLUICE_MODEL_FAMILY", "codegemma"))
            .defaultModel();

    assertThat(model).isNotNull();
    assertThat(model.contextTokens()).isEqualTo(ModelFamily.CODEGEMMA.contextTokens());
  }

  @ParameterizedTest
  @CsvSource({
    "'', eu-central-1, eu-central-1",
    "'eu-west-1, eu', eu-central-1, 'eu-west-1,eu,eu-central-1'",
  })
  void givenRegions_whenRead_thenTheFunctionsOwnIsAmongThem(
      String regions, String own, String expected) {
    DeploymentSettings settings =
        DeploymentSettings.of(Map.of("SLUICE_REGIONS", regions, "AWS_REGION", own));

    assertThat(settings.aws().regions()).isEqualTo(Set.of(expected.split(",")));
    assertThat(settings.deployment(Set.of(Provider.OPENAI)).aws()).isEqualTo(settings.aws());
  }

  @Test
  void givenAnAccountAndAPrefix_whenRead_thenTheyDrawTheFence() {
    assertThat(
            DeploymentSettings.of(
                    Map.of("SLUICE_ACCOUNT", "111122223333", "SLUICE_SAGEMAKER_PREFIX", "duo-"))
                .aws())
        .isEqualTo(new AwsFence(Set.of(), "111122223333", "duo-"));
  }

  @ParameterizedTest
  @CsvSource({
    "SLUICE_MODEL_NAME, ''",
    "SLUICE_MODEL_PROVIDER, bedrock",
    "SLUICE_MODEL_FAMILY, unheard",
    "SLUICE_MODEL_COMPLETION, both",
    "SLUICE_MODEL_CONTEXT_TOKENS, many",
    "SLUICE_MODEL_OUTPUT_TOKENS, 0",
    "SLUICE_ALLOW_ENDPOINTS, ftp://x",
    "SLUICE_MODEL_ENDPOINT, nonsense",
    "SLUICE_MODEL_ENDPOINT, ''",
  })
  void givenAMalformedVariable_whenRead_thenItIsNamed(String variable, String value) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "SLUICE_MODEL_ENDPOINT", "https://llm.corp.example", "SLUICE_MODEL_NAME", "tiny"));
    environment.put(variable, value);

    assertThatThrownBy(() -> DeploymentSettings.of(environment))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(variable);
  }
}
