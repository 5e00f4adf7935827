package io.sluice.aws;

import static io.sluice.testing.AwsStub.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.aws.AwsException.Kind;
import org.junit.jupiter.api.Test;

class SqsQueueTest extends StubbedTest {

  private static final String URL = "https://sqs.eu-central-1.amazonaws.com/123456789012/audit";

  private final SqsQueue queue = new SqsQueue(environment, URL);

  @Test
  void givenAMessage_whenSent_thenTheQueueHasIt() throws Exception {
    queue.send("{\"text\":\"äöü \uD83D\uDE00\"}", ample());
    assertThat(stub.messages(URL)).containsExactly("{\"text\":\"äöü \uD83D\uDE00\"}");
    assertThat(stub.refusals()).isEmpty();
  }

  @Test
  void givenAnAnswerWithAnotherDigest_whenSent_thenItDoesNotCountAsAccepted() {
    stub.next(
        "SendMessage",
        (call, connection) ->
            connection.answer(200, "application/x-amz-json-1.0", "{\"MD5OfMessageBody\":\"00\"}"));
    assertThat(failure(Kind.PROTOCOL, () -> queue.send("x", ample()))).hasMessageContaining("MD5");
  }

  @Test
  void givenNoSuchQueue_whenSent_thenQueueAndActionAreNamed() {
    stub.next("SendMessage", error(400, "QueueDoesNotExist", "x"));
    assertThat(failure(Kind.REJECTED, () -> queue.send("x", ample())))
        .hasMessageContaining("sqs:SendMessage on queue audit failed: QueueDoesNotExist");
  }

  @Test
  void givenADenial_whenSent_thenThePermissionIsNamed() {
    stub.next("SendMessage", error(403, "AccessDenied", "x"));
    assertThat(failure(Kind.DENIED, () -> queue.send("x", ample())))
        .hasMessageContaining("Allow sqs:SendMessage");
    queue.close();
  }

  @Test
  void givenAFailureThatPasses_whenSent_thenItIsSentAgain() throws Exception {
    stub.next("SendMessage", error(503, "ServiceUnavailable", "x"));
    queue.send("x", ample());
    assertThat(stub.messages(URL)).containsExactly("x");
  }
}
