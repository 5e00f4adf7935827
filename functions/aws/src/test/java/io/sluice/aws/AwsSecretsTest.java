package io.sluice.aws;

import static io.sluice.testing.AwsStub.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.aws.AwsException.Kind;
import io.sluice.core.model.Secret;
import org.junit.jupiter.api.Test;

class AwsSecretsTest extends StubbedTest {

  private final AwsSecrets secrets = new AwsSecrets(environment);

  @Test
  void givenASecret_whenRead_thenItsTextComes() throws Exception {
    stub.secret("stack/codestral", "{\"value\":\"sk-1\"}");
    assertThat(secrets.read("stack/codestral", ample()).map(Secret::reveal))
        .contains("{\"value\":\"sk-1\"}");
    assertThat(stub.refusals()).isEmpty();
  }

  @Test
  void givenNoSuchSecret_whenRead_thenThereIsNone() throws Exception {
    assertThat(secrets.read("stack/nothing", ample())).isEmpty();
  }

  @Test
  void givenABinarySecret_whenRead_thenThereIsNoText() throws Exception {
    stub.next(
        "GetSecretValue",
        (call, connection) ->
            connection.answer(200, "application/x-amz-json-1.1", "{\"SecretBinary\":\"AAEC\"}"));
    assertThat(secrets.read("stack/binary", ample())).isEmpty();
  }

  @Test
  void givenADenial_whenRead_thenSecretAndPermissionAreNamed() {
    stub.next("GetSecretValue", error(400, "AccessDeniedException", "x"));
    assertThat(failure(Kind.DENIED, () -> secrets.read("other/secret", ample())))
        .hasMessageContaining("secretsmanager:GetSecretValue on secret other/secret was denied")
        .hasMessageContaining("KMS key");
    secrets.close();
  }
}
