package io.sluice.backend.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.aws.AwsEnvironment;
import io.sluice.aws.AwsSecrets;
import io.sluice.core.model.SecretStore.StoredSecret;
import io.sluice.testing.AwsStub;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagedSecretsTest {

  private final AwsStub aws = AwsStub.start();
  private final ManagedSecrets secrets =
      new ManagedSecrets(new AwsSecrets(AwsEnvironment.of(aws.environment())), "sluice/");

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void givenAPlainText_whenRead_thenItIsTheKeyForAnyHost() throws IOException {
    aws.secret("sluice/codestral", " sk-plain \n");

    StoredSecret secret = secrets.read("codestral").orElseThrow();

    assertThat(secret.value().reveal()).isEqualTo("sk-plain");
    assertThat(secret.hosts()).isEmpty();
  }

  @Test
  void givenJson_whenRead_thenItsHostsFenceTheKey() throws IOException {
    aws.secret("sluice/codestral", "{\"key\": \"sk-json\", \"hosts\": [\"LLM.corp.example\"]}");
    aws.secret("sluice/open", "{\"key\": \"sk-open\"}");

    StoredSecret secret = secrets.read("codestral").orElseThrow();

    assertThat(secret.value().reveal()).isEqualTo("sk-json");
    assertThat(secret.hosts()).isEqualTo(List.of("llm.corp.example"));
    assertThat(secrets.read("open").orElseThrow().hosts()).isEmpty();
  }

  @Test
  void givenNoSecret_whenRead_thenThereIsNone() throws IOException {
    assertThat(secrets.read("missing")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"key\": \"sk-canary\"",
        "{\"password\": \"sk-canary\"}",
        "{\"key\": \"sk-canary\", \"host\": [\"a\"]}",
        "{\"key\": \"sk-canary\", \"hosts\": \"a\"}",
        "{\"key\": \"sk-canary\", \"hosts\": []}",
        "{\"key\": \"sk-canary\", \"hosts\": [1]}",
        "{\"key\": \"\"}",
        "  ",
      })
  void givenAMalformedText_whenRead_thenItIsToldWithoutTheSecret(String text) {
    aws.secret("sluice/bad", text);

    assertThatThrownBy(() -> secrets.read("bad"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("\"hosts\"")
        .hasMessageNotContaining("canary")
        .hasNoCause();
  }

  @Test
  void givenNoPermission_whenRead_thenItIsNamed() {
    aws.next("GetSecretValue", AwsStub.error(400, "AccessDeniedException", "no"));

    assertThatThrownBy(() -> secrets.read("codestral"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("secretsmanager:GetSecretValue on secret sluice/codestral");
  }
}
