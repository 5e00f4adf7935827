package io.sluice.aws;

import static io.sluice.testing.AwsStub.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.aws.AwsException.Kind;
import io.sluice.testing.TestKey;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KmsKeyTest extends StubbedTest {

  private static final String ARN = "arn:aws:kms:eu-central-1:123456789012:key/1234";

  private final KmsKey key = new KmsKey(environment, ARN);

  @Test
  void givenAMessage_whenSigned_thenTheKeysPublicHalfVerifiesIt() throws Exception {
    stub.key(ARN, TestKey.create("kid"));
    byte[] message = "header.claims".repeat(1_000).getBytes(StandardCharsets.US_ASCII);

    byte[] signature = key.sign(message, ample());
    Signature verifier = Signature.getInstance("SHA256withRSA");
    verifier.initVerify(key.publicKey(ample()));
    verifier.update(message);

    assertThat(verifier.verify(signature)).isTrue();
    assertThat(key.arn()).isEqualTo(ARN);
    assertThat(stub.refusals()).isEmpty();
  }

  @Test
  void givenNoSuchKey_whenUsed_thenKeyAndActionsAreNamed() {
    assertThat(failure(Kind.REJECTED, () -> key.sign(new byte[1], ample())))
        .hasMessageContaining("kms:Sign on key " + ARN);
    assertThat(failure(Kind.REJECTED, () -> key.publicKey(ample())))
        .hasMessageContaining("kms:GetPublicKey on key " + ARN);
    key.close();
  }

  @Test
  void givenADenial_whenSigned_thenThePermissionIsNamed() {
    stub.next("Sign", error(400, "AccessDeniedException", "x"));
    assertThat(failure(Kind.DENIED, () -> key.sign(new byte[1], ample())))
        .hasMessageContaining("Allow kms:Sign");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"Signature\":\"*\",\"PublicKey\":\"*\"}"})
  void givenAnAnswerThatIsNone_whenUsed_thenItIsAProtocolFailure(String body) {
    stub.next("Sign", (call, to) -> to.answer(200, "application/x-amz-json-1.1", body));
    stub.next("GetPublicKey", (call, to) -> to.answer(200, "application/x-amz-json-1.1", body));
    failure(Kind.PROTOCOL, () -> key.sign(new byte[1], ample()));
    failure(Kind.PROTOCOL, () -> key.publicKey(ample()));
  }

  @Test
  void givenAKeyThatIsNotRsa_whenAskedFor_thenItIsAProtocolFailure() {
    String other = Base64.getEncoder().encodeToString(new byte[91]);
    stub.next(
        "GetPublicKey",
        (call, to) ->
            to.answer(200, "application/x-amz-json-1.1", "{\"PublicKey\":\"" + other + "\"}"));
    assertThat(failure(Kind.PROTOCOL, () -> key.publicKey(ample())))
        .hasMessageContaining("no RSA key");
  }
}
