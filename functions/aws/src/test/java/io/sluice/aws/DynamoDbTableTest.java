package io.sluice.aws;

import static io.sluice.testing.AwsStub.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.aws.AwsException.Kind;
import io.sluice.core.json.JsonObject;
import io.sluice.testing.AwsStub;
import io.sluice.testing.WireServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading an item, and everything that can go wrong in a call by AWS's JSON protocol. */
class DynamoDbTableTest extends StubbedTest {

  private final DynamoDbTable table = new DynamoDbTable(environment, "state");

  private void live() {
    stub.item(
        "state",
        JsonObject.of(
            Map.of(
                "id", Map.of("S", "live"),
                "number", Map.of("N", "7"),
                "content", Map.of("B", "AAEC/w=="),
                "pinned", Map.of("BOOL", true),
                "parts", Map.of("L", List.of(Map.of("S", "a"), Map.of("S", "b"))),
                "set", Map.of("SS", List.of("a")),
                "mixed", Map.of("L", List.of(Map.of("S", "a"), Map.of("N", "1"))),
                "inner", Map.of("M", Map.of("price", Map.of("N", "0.5"))),
                "broken", Map.of("B", "*"))));
  }

  @Test
  void givenAnItem_whenRead_thenItsAttributesHaveTheirTypes() throws Exception {
    live();
    DynamoDbItem item = table.item("live", ample()).orElseThrow();

    assertThat(item.text("id")).isEqualTo("live");
    assertThat(item.number("number")).isEqualTo(7);
    assertThat(item.bytes("content")).containsExactly(0, 1, 2, 0xff);
    assertThat(item.flag("pinned")).isTrue();
    assertThat(item.texts("parts")).containsExactly("a", "b");
    DynamoDbItem inner = Objects.requireNonNull(item.map("inner"));
    assertThat(inner.number("price")).isNull();
    assertThat(inner.has("price")).isTrue();
    assertThat(item.toString()).contains("content").doesNotContain("AAEC");
    assertThat(stub.refusals()).isEmpty();
    assertThat(stub.calls("GetItem").getFirst().json())
        .isEqualTo(
            JsonObject.of(
                Map.of(
                    "TableName",
                    "state",
                    "Key",
                    Map.of("id", Map.of("S", "live")),
                    "ConsistentRead",
                    true)));
  }

  @Test
  void givenAttributesOfOtherTypes_whenAsked_thenTheyAreAbsent() throws Exception {
    live();
    DynamoDbItem item = table.item("live", ample()).orElseThrow();
    assertThat(item.text("number")).isNull();
    assertThat(item.number("id")).isNull();
    assertThat(item.bytes("id")).isNull();
    assertThat(item.bytes("broken")).isNull();
    assertThat(item.flag("id")).isFalse();
    assertThat(item.flag("nothing")).isFalse();
    assertThat(item.texts("mixed")).isNull();
    assertThat(item.texts("set")).isNull();
    assertThat(item.texts("id")).isNull();
    assertThat(item.map("id")).isNull();
    assertThat(item.has("nothing")).isFalse();
  }

  @Test
  void givenNoSuchItem_whenRead_thenThereIsNone() throws Exception {
    stub.table("state");
    assertThat(table.item("live", ample())).isEmpty();
    assertThat(table.name()).isEqualTo("state");
  }

  @Test
  void givenTwoReads_whenDone_thenTheyShareAConnection() throws Exception {
    live();
    assertThat(table.item("live", ample())).isPresent();
    assertThat(table.item("live", ample())).isPresent();
    assertThat(stub.acceptedConnections()).isEqualTo(1);
  }

  @Test
  void givenNoSuchTable_whenRead_thenCodeTableAndActionAreNamed() {
    AwsException failure = failure(Kind.REJECTED, () -> table.item("live", ample()));
    assertThat(failure)
        .hasMessageContaining("dynamodb:GetItem on table state")
        .hasMessageContaining("ResourceNotFoundException (status 400, request 4f1d7b6c-");
    assertThat(failure.code()).isEqualTo("ResourceNotFoundException");
    assertThat(failure.status()).isEqualTo(400);
    assertThat(failure.retryAfterSeconds()).isNull();
  }

  @Test
  void givenADenial_whenRead_thenThePermissionIsNamedAndNothingIsQuoted() {
    stub.next("GetItem", error(400, "AccessDeniedException", "User: arn:of:someone is not ..."));
    AwsException failure = failure(Kind.DENIED, () -> table.item("live", ample()));
    assertThat(failure)
        .hasMessageContaining("Allow dynamodb:GetItem")
        .hasMessageContaining("VPC endpoint")
        .hasMessageNotContaining("someone");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UnrecognizedClientException",
        "ExpiredTokenException",
        "InvalidSignatureException"
      })
  void givenCredentialsThatAreNotAccepted_whenRead_thenTheMessageSaysSo(String code) {
    stub.next("GetItem", error(400, code, "x"));
    assertThat(failure(Kind.REJECTED, () -> table.item("live", ample())))
        .hasMessageContaining("credentials or its clock");
  }

  @ParameterizedTest
  @CsvSource({
    "400, ProvisionedThroughputExceededException",
    "400, ThrottlingException",
    "400, RequestLimitExceeded",
    "429, Whatever",
    "500, InternalServerError",
    "503, ServiceUnavailable"
  })
  void givenFailuresThatPass_whenRead_thenItIsTriedAgain(int status, String code) throws Exception {
    live();
    stub.next("GetItem", error(status, code, "x"), error(status, code, "x"));
    assertThat(table.item("live", ample())).isPresent();
    assertThat(stub.calls("GetItem")).hasSize(3);
  }

  @Test
  void givenThrottlingWithoutEnd_whenTheDeadlineNears_thenItFailsAsThrottled() {
    AwsStub.Behaviour throttle = error(400, "ThrottlingException", "x");
    AwsStub.Behaviour[] many = new AwsStub.Behaviour[200];
    java.util.Arrays.fill(many, throttle);
    stub.next("GetItem", many);
    assertThat(failure(Kind.THROTTLED, () -> table.item("live", brief())))
        .hasMessageContaining("was throttled: ThrottlingException");
    assertThat(stub.calls("GetItem").size()).isGreaterThan(1);
  }

  @Test
  void givenAConnectionThatBreaks_whenRead_thenItIsTriedAgain() throws Exception {
    live();
    stub.next(
        "GetItem",
        (call, connection) -> connection.reset(),
        (call, connection) -> {
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"Item\"");
          throw new java.io.IOException("cut off");
        },
        (call, connection) -> {
          throw new java.io.IOException("closed without an answer");
        });
    assertThat(table.item("live", ample())).isPresent();
  }

  @Test
  void givenAConnectionThatWasClosedWhileIdle_whenReadAgain_thenAFreshOneIsTaken()
      throws Exception {
    live();
    assertThat(table.item("live", ample())).isPresent();
    stub.next("GetItem", (call, connection) -> connection.reset());
    assertThat(table.item("live", ample())).isPresent();
    assertThat(stub.acceptedConnections()).isEqualTo(2);
  }

  @Test
  void givenAnAnswerThatComesTooLate_whenRead_thenTheEndpointIsNamed() {
    live();
    stub.next("GetItem", stub.late(Duration.ofSeconds(20)));
    assertThat(failure(Kind.TIMEOUT, () -> table.item("live", brief())))
        .hasMessageContaining("com.amazonaws.eu-central-1.dynamodb");
  }

  @Test
  void givenNobodyListening_whenRead_thenTheEndpointIsNamed() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      free = socket.getLocalPort();
    }
    Map<String, String> variables = new HashMap<>(stub.environment());
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:" + free);
    DynamoDbTable unreachable = new DynamoDbTable(AwsEnvironment.of(variables), "state");
    assertThat(failure(Kind.CONNECTION, () -> unreachable.item("live", brief())))
        .hasMessageContaining("no connection to 127.0.0.1 (ConnectException)")
        .hasMessageContaining("com.amazonaws.eu-central-1.dynamodb");
    unreachable.close();
  }

  @Test
  void givenANameWithoutAddress_whenRead_thenItIsNamed() {
    Map<String, String> variables = new HashMap<>(stub.environment());
    variables.remove("AWS_ENDPOINT_URL");
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", "http://no.such.host.invalid");
    DynamoDbTable unreachable = new DynamoDbTable(AwsEnvironment.of(variables), "state");
    assertThat(failure(Kind.CONNECTION, () -> unreachable.item("live", brief())))
        .hasMessageContaining("no.such.host.invalid (UnknownHostException)");
  }

  @Test
  void givenAnAnswerThatIsNotHttp_whenRead_thenItIsAProtocolFailure() {
    stub.next("GetItem", (call, connection) -> connection.send("SSH-2.0-OpenSSH\r\n\r\n"));
    failure(Kind.PROTOCOL, () -> table.item("live", ample()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "<html>"})
  void givenAnAnswerThatIsNoJsonObject_whenRead_thenItIsAProtocolFailure(String body) {
    stub.next(
        "GetItem",
        (call, connection) -> connection.answer(200, "application/x-amz-json-1.0", body));
    failure(Kind.PROTOCOL, () -> table.item("live", ample()));
  }

  @Test
  void givenAWrongChecksum_whenRead_thenItIsAProtocolFailure() {
    stub.next(
        "GetItem",
        (call, connection) ->
            connection.send("HTTP/1.1 200 OK\r\nx-amz-crc32: 1\r\nContent-Length: 2\r\n\r\n{}"));
    assertThat(failure(Kind.PROTOCOL, () -> table.item("live", ample())))
        .hasMessageContaining("checksum");
  }

  @Test
  void givenAnAnswerWithoutEnd_whenRead_thenItIsCutAtALimit() {
    stub.next(
        "GetItem",
        (call, connection) -> {
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n");
          connection.send(" ".repeat(5_000_000));
        });
    assertThat(failure(Kind.PROTOCOL, () -> table.item("live", ample())))
        .hasMessageContaining("larger than");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "no json", "{\"__type\":\"<script> is no code\"}"})
  void givenAnErrorWithoutCode_whenRead_thenItsStatusIsNamed(String body) {
    stub.next("GetItem", (call, connection) -> connection.answer(418, "text/plain", body));
    AwsException failure = failure(Kind.REJECTED, () -> table.item("live", ample()));
    assertThat(failure).hasMessageContaining("no error code (status 418)");
    assertThat(failure.code()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "com.amazonaws.dynamodb.v20120810#ValidationException, ValidationException",
    "ValidationException:http://internal.amazon.com/doc, ValidationException",
    "ValidationException, ValidationException"
  })
  void givenACodeInTheBody_whenRead_thenItIsTheBareName(String type, String code) {
    stub.next(
        "GetItem",
        (call, connection) ->
            connection.answer(400, "application/x-amz-json-1.0", "{\"__type\":\"" + type + "\"}"));
    assertThat(failure(Kind.REJECTED, () -> table.item("live", ample())).code()).isEqualTo(code);
  }

  @Test
  void givenARedirect_whenRead_thenItIsNotFollowed() {
    stub.next(
        "GetItem",
        (call, connection) ->
            connection.send(
                "HTTP/1.1 307 X\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"));
    assertThat(failure(Kind.PROTOCOL, () -> table.item("live", ample())).status()).isEqualTo(307);
  }

  @Test
  void givenAnEndpointThatSpeaksNoTls_whenRead_thenItFailsAtOnce() {
    try (WireServer plain = WireServer.start(connection -> connection.send("not TLS\r\n"))) {
      Map<String, String> variables = new HashMap<>(stub.environment());
      variables.put("AWS_ENDPOINT_URL_DYNAMODB", "https://127.0.0.1:" + plain.port());
      DynamoDbTable wrong = new DynamoDbTable(AwsEnvironment.of(variables), "state");
      assertThat(failure(Kind.CONNECTION, () -> wrong.item("live", ample())))
          .hasMessageContaining("SSLException");
      assertThat(plain.accepted()).isEqualTo(1);
    }
  }
}
