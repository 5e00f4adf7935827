package io.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AwsStubTest {

  private static final String GET = "DynamoDB_20120810.GetItem";
  private static final String LIVE = "{\"TableName\":\"state\",\"Key\":{\"id\":{\"S\":\"live\"}}}";
  private static final String KEY = "arn:aws:kms:eu-central-1:123456789012:key/k1";

  private final AwsStub stub = AwsStub.start();
  private final SignedClient client = new SignedClient(stub);

  @AfterEach
  void close() {
    client.close();
    stub.close();
  }

  private static JsonObject json(HttpResponse<String> response) throws Exception {
    return (JsonObject) Json.read(response.body());
  }

  @Test
  void givenATable_whenItemsAreRead_thenTheyAreThereOnceTheyWerePut() throws Exception {
    assertThat(client.call("dynamodb", GET, LIVE).body()).contains("ResourceNotFoundException");
    stub.table("state");
    assertThat(client.call("dynamodb", GET, LIVE).body()).isEqualTo("{}");
    stub.item(
        "state", (JsonObject) Json.read("{\"id\":{\"S\":\"live\"},\"number\":{\"N\":\"7\"}}"));
    HttpResponse<String> found = client.call("dynamodb", GET, LIVE);
    assertThat(found.body())
        .isEqualTo("{\"Item\":{\"id\":{\"S\":\"live\"},\"number\":{\"N\":\"7\"}}}");
    assertThat(found.headers().firstValue("content-type")).contains("application/x-amz-json-1.0");
    stub.withoutItem("state", "live");
    assertThat(client.call("dynamodb", GET, LIVE).body()).isEqualTo("{}");
    assertThat(client.call("dynamodb", GET, "{\"TableName\":\"state\"}").body())
        .contains("ValidationException");
    assertThat(stub.calls("GetItem")).hasSize(5);
    assertThat(stub.refusals()).isEmpty();
  }

  @Test
  void givenKeysOfAnIssuer_whenRead_thenTheyHaveThePublishersForm() throws Exception {
    stub.keys("state", "https://gitlab.example.com", "{\"keys\":[]}");
    String asked =
        "{\"TableName\":\"state\",\"Key\":{\"id\":{\"S\":\"keys/https://gitlab.example.com\"}}}";
    assertThat(client.call("dynamodb", GET, asked).body())
        .contains("\"jwks\":{\"S\":\"{\\\"keys\\\":[]}\"}", "fetched_at", "issuer");
  }

  @Test
  void givenAMessage_whenSent_thenItsDigestComesBackAndItIsKept() throws Exception {
    String message =
        "{\"QueueUrl\":\"https://sqs/1/audit\",\"MessageBody\":\"This is a test message\"}";
    assertThat(json(client.call("sqs", "AmazonSQS.SendMessage", message)).text("MD5OfMessageBody"))
        .isEqualTo("fafb00f5732ab283681e124bf8747ed1");
    assertThat(stub.messages("https://sqs/1/audit")).containsExactly("This is a test message");
    assertThat(client.call("sqs", "AmazonSQS.SendMessage", "{}").statusCode()).isEqualTo(400);
    String large = "{\"QueueUrl\":\"q\",\"MessageBody\":\"" + "x".repeat(1024 * 1024 + 1) + "\"}";
    assertThat(client.call("sqs", "AmazonSQS.SendMessage", large).body())
        .contains("InvalidParameterValue");
  }

  @Test
  void givenASecret_whenAskedByNameOrArn_thenItsText() throws Exception {
    stub.secret("stack/codestral", "the key");
    String name = "{\"SecretId\":\"stack/codestral\"}";
    JsonObject answer = json(client.call("secretsmanager", "secretsmanager.GetSecretValue", name));
    assertThat(answer.text("SecretString")).isEqualTo("the key");
    String arn = "{\"SecretId\":\"" + answer.text("ARN") + "\"}";
    assertThat(client.call("secretsmanager", "secretsmanager.GetSecretValue", arn).body())
        .contains("the key");
    String other = "{\"SecretId\":\"stack/other\"}";
    assertThat(client.call("secretsmanager", "secretsmanager.GetSecretValue", other).body())
        .contains("ResourceNotFoundException");
  }

  @Test
  void givenAKey_whenMessageOrDigestIsSigned_thenThePublicHalfVerifiesIt() throws Exception {
    stub.key(KEY, TestKey.create("k1"));
    byte[] message = "header.claims".getBytes(StandardCharsets.UTF_8);
    byte[] digest = java.security.MessageDigest.getInstance("SHA-256").digest(message);
    JsonObject shown = json(client.call("kms", "TrentService.GetPublicKey", key("{}")));
    byte[] encoded = Base64.getDecoder().decode(shown.text("PublicKey", ""));
    Signature verifier = Signature.getInstance("SHA256withRSA");
    for (byte[] signed : List.of(sign("RAW", message), sign("DIGEST", digest))) {
      verifier.initVerify(
          KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded)));
      verifier.update(message);
      assertThat(verifier.verify(signed)).isTrue();
    }
    assertThat(client.call("kms", "TrentService.Sign", key("{}")).body())
        .contains("ValidationException");
    assertThat(client.call("kms", "TrentService.GetPublicKey", "{\"KeyId\":\"other\"}").body())
        .contains("NotFoundException");
  }

  private byte[] sign(String type, byte[] message) throws Exception {
    String request =
        "{\"KeyId\":\"%s\",\"SigningAlgorithm\":\"RSASSA_PKCS1_V1_5_SHA_256\",\"MessageType\":\"%s\",\"Message\":\"%s\"}"
            .formatted(KEY, type, Base64.getEncoder().encodeToString(message));
    JsonObject answer = json(client.call("kms", "TrentService.Sign", request));
    return Base64.getDecoder().decode(answer.text("Signature", ""));
  }

  private static String key(String json) {
    return json.replace("{", "{\"KeyId\":\"" + KEY + "\"");
  }

  @Test
  void givenAFunction_whenInvoked_thenFramesComeAsItSendsThem() throws Exception {
    CountDownLatch firstSeen = new CountDownLatch(1);
    stub.function(
        "backend:live",
        (payload, stream) -> {
          stream.chunk("got " + new String(payload, StandardCharsets.UTF_8));
          firstSeen.await(); // a buffered stream would never end
          stream.chunk("second").complete();
        });
    String arn = "arn%3Aaws%3Alambda%3Aeu-central-1%3A123456789012%3Afunction%3Abackend%3Alive";
    HttpResponse<InputStream> answer = invoke(arn);
    assertThat(answer.headers().firstValue("content-type"))
        .contains("application/vnd.amazon.eventstream");
    try (DataInputStream in = new DataInputStream(answer.body())) {
      assertThat(frame(in)).contains("PayloadChunk", "got {}");
      firstSeen.countDown();
      assertThat(frame(in)).contains("second");
      assertThat(frame(in)).contains("InvokeComplete", "{}");
      assertThat(in.read()).isEqualTo(-1);
    }
    assertThat(invoke("backend").statusCode()).isEqualTo(404);
    assertThat(invoke("backend:live").statusCode()).isEqualTo(200);
    assertThat(stub.refusals()).isEmpty();
  }

  @Test
  void givenAFunctionThatFails_whenInvoked_thenTheStreamSaysSoOrIsCut() throws Exception {
    stub.function("failing", (payload, stream) -> stream.complete("Unhandled", "details"));
    stub.function("throttled", (payload, stream) -> stream.exception("tooMany", "slow down"));
    stub.function(
        "cut",
        (payload, stream) -> {
          stream.chunk("half");
          throw new IOException("cut");
        });
    assertThat(frame(new DataInputStream(invoke("failing").body())))
        .contains("\"ErrorCode\":\"Unhandled\"");
    assertThat(frame(new DataInputStream(invoke("throttled").body())))
        .contains(":exception-type", "tooMany");
    try (DataInputStream in = new DataInputStream(invoke("cut").body())) {
      assertThat(frame(in)).contains("half");
      assertThatThrownBy(in::readInt).isInstanceOf(IOException.class);
    }
  }

  private HttpResponse<InputStream> invoke(String name) throws Exception {
    return client.post(
        "/2021-11-15/functions/" + name + "/response-streaming-invocations",
        "lambda",
        Map.of("X-Amz-Invocation-Type", "RequestResponse"),
        "{}",
        HttpResponse.BodyHandlers.ofInputStream());
  }

  private static String frame(DataInputStream in) throws IOException {
    int length = in.readInt();
    return new String(in.readNBytes(length - 4), StandardCharsets.UTF_8);
  }

  @Test
  void givenFaults_whenCalled_thenEachAnswersOnceBeforeTheService() throws Exception {
    stub.table("state")
        .next(
            "GetItem",
            AwsStub.error(500, "InternalServerError", "again"),
            stub.late(Duration.ofMillis(1)),
            (call, connection) -> connection.reset());
    HttpResponse<String> failed = client.call("dynamodb", GET, LIVE);
    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(failed.headers().firstValue("x-amzn-errortype")).contains("InternalServerError");
    assertThat(client.call("dynamodb", GET, LIVE).body()).isEqualTo("{}");
    assertThatThrownBy(() -> client.call("dynamodb", GET, LIVE)).isInstanceOf(IOException.class);
    assertThat(client.call("dynamodb", GET, LIVE).body()).isEqualTo("{}");
  }

  @Test
  void givenAWrongSignature_whenCalled_thenTheRefusalSaysWhatIsWrong() throws Exception {
    stub.table("state");
    refused("the signature is not", new SignedClient(stub).with("AWS_SECRET_ACCESS_KEY", "x"));
    refused("access key id", new SignedClient(stub).with("AWS_ACCESS_KEY_ID", "AKIAOTHER"));
    refused("security token", new SignedClient(stub).with("AWS_SESSION_TOKEN", "old"));
    refused("scope", new SignedClient(stub).with("AWS_REGION", "us-east-1"));
    refused(
        "off", new SignedClient(stub).at(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-6))));
    assertThat(client.call("dynamodb", "Unknown_1.GetItem", LIVE).statusCode()).isEqualTo(403);
    assertThat(client.call("dynamodb", "DynamoDB_20120810.Scan", LIVE).body())
        .contains("UnknownOperationException");
    assertThat(stub.calls("GetItem")).isEmpty();
  }

  private void refused(String why, SignedClient wrong) throws Exception {
    try (wrong) {
      HttpResponse<String> answer = wrong.call("dynamodb", GET, LIVE);
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).contains("InvalidSignatureException");
      assertThat(stub.refusals().getLast()).contains(why);
    }
  }
}
