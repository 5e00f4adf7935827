package io.sluice.aws.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.aws.AwsEnvironment;
import io.sluice.core.audit.AuditException;
import io.sluice.core.audit.AuditLog;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.log.JsonLines;
import io.sluice.testing.AwsStub;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SqsAuditLogTest {

  private static final String QUEUE = "https://sqs.eu-central-1.amazonaws.com/1234/sluice-audit";
  private static final JsonObject RECORD =
      JsonObject.builder().put("record", "opening").put("user", "ü\u007f\"\\").build();

  private final AwsStub aws = AwsStub.start();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final SqsAuditLog audit = log(out);

  @AfterEach
  void stop() {
    audit.close();
    aws.close();
  }

  @Test
  void givenARecord_whenAppended_thenOneMessageHoldsItsText() throws Exception {
    audit.append(RECORD);

    JsonObject message = read(aws.messages(QUEUE)).getFirst();
    assertThat(message.number("format")).isEqualTo(1);
    assertThat(message.number("part")).isEqualTo(1);
    assertThat(message.number("parts")).isEqualTo(1);
    assertThat(message.text("id")).hasSize(36);
    assertThat(Json.read(message.text("text", ""))).isEqualTo(RECORD);
    assertThat(out.size()).isZero();
  }

  @Test
  void givenALongRecord_whenAppended_thenItsPartsAreSmallAndWhole() throws Exception {
    JsonObject record =
        JsonObject.builder()
            .put("content", "\"quoted\" \ud83d\ude00 \u00fc\n".repeat(40_000))
            .build();
    audit.append(record);

    List<String> bodies = aws.messages(QUEUE);
    assertThat(bodies).hasSizeGreaterThan(2);
    assertThat(bodies).allMatch(body -> body.length() <= 200 * 1024);
    assertThat(bodies).allMatch(body -> body.chars().allMatch(c -> c >= 0x20 && c < 0x7f));
    List<JsonObject> parts = read(bodies);
    assertThat(parts).allSatisfy(part -> assertThat(part.number("parts")).isEqualTo(bodies.size()));
    assertThat(parts.stream().map(part -> part.text("id")).distinct()).hasSize(1);
    assertThat(joined(parts).equals(record)).isTrue(); // its text is too long for a message
  }

  @Test
  void givenAQueueThatRefuses_whenAppended_thenTheWholeRecordIsOnStandardOutput() throws Exception {
    aws.next("SendMessage", AwsStub.error(400, "AccessDeniedException", "no"));

    audit.append(
        JsonObject.builder().put("record", "closing").put("detail", "password=hunter2").build());

    JsonObject line = read(lines()).getFirst();
    assertThat(line.flag("audit_fallback")).isTrue();
    assertThat(line.text("logger")).isEqualTo("audit");
    assertThat(line.text("reason")).contains("sqs:SendMessage on queue sluice-audit was denied");
    assertThat(Json.text(joined(List.of(line))))
        .contains("\"record\":\"closing\"")
        .doesNotContain("hunter2");
    assertThat(aws.messages(QUEUE)).isEmpty();
  }

  @Test
  void givenAQueueThatIsSilent_whenAppended_thenTheRecordIsOnStandardOutput() throws Exception {
    aws.next("SendMessage", aws.late(Duration.ofSeconds(30)));

    audit.append(RECORD);

    assertThat(joined(read(lines()))).isEqualTo(RECORD);
  }

  @Test
  void givenALongRecord_whenAPartIsRefused_thenAllPartsAreOnStandardOutput() throws Exception {
    JsonObject record = JsonObject.builder().put("content", "x".repeat(500_000)).build();
    aws.next(
        "SendMessage",
        (call, connection) -> {
          throw new IOException("gone");
        });
    aws.next(
        "SendMessage",
        Stream.generate(() -> AwsStub.error(400, "AWS.SimpleQueueService.NonExistentQueue", "no"))
            .limit(3)
            .toArray(AwsStub.Behaviour[]::new));

    audit.append(record);

    List<String> lines = lines();
    assertThat(lines).hasSize(3);
    assertThat(lines).allMatch(line -> line.length() < 256 * 1024);
    assertThat(joined(read(lines))).isEqualTo(record);
  }

  @Test
  void givenNeitherQueueNorOutput_whenAppended_thenTheRecordIsNotAccepted() {
    SqsAuditLog deaf =
        log(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("closed");
              }
            });
    aws.next("SendMessage", denied(), denied());

    assertThatThrownBy(() -> deaf.append(RECORD))
        .isInstanceOf(AuditException.class)
        .hasMessageContaining("neither the queue nor standard output")
        .hasMessageContaining("sqs:SendMessage");
    AuditLog.Acceptance acceptance = deaf.begin(RECORD);
    assertThatThrownBy(acceptance::await).isInstanceOf(AuditException.class);
  }

  @Test
  void givenARecord_whenBegun_thenItIsThereOnceItIsAwaited() throws Exception {
    audit.begin(RECORD).await();

    assertThat(joined(read(aws.messages(QUEUE)))).isEqualTo(RECORD);
  }

  @Test
  void givenNoQueue_whenOpened_thenTheVariableIsNamed() {
    assertThatThrownBy(
            () ->
                SqsAuditLog.of(
                    Map.of(),
                    AwsEnvironment.of(aws.environment()),
                    new JsonLines(out, Clock.systemUTC())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SLUICE_AUDIT_QUEUE_URL");
  }

  private SqsAuditLog log(OutputStream to) {
    return SqsAuditLog.of(
        Map.of("SLUICE_AUDIT_QUEUE_URL", QUEUE),
        AwsEnvironment.of(aws.environment()),
        new JsonLines(to, Clock.systemUTC()));
  }

  private static AwsStub.Behaviour denied() {
    return AwsStub.error(400, "AccessDeniedException", "no");
  }

  private List<String> lines() {
    return out.toString(StandardCharsets.US_ASCII).lines().toList();
  }

  private static List<JsonObject> read(List<String> texts) throws JsonSyntaxException {
    List<JsonObject> read = new ArrayList<>();
    for (String text : texts) {
      read.add((JsonObject) Json.read(text));
    }
    return read;
  }

  private static JsonObject joined(List<JsonObject> parts) throws JsonSyntaxException {
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append(part.text("text")));
    return (JsonObject) Json.read(text.toString());
  }
}
