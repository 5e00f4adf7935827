package io.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RuntimeApiStubTest {

  private final RuntimeApiStub stub = RuntimeApiStub.start();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void close() {
    stub.close();
    client.shutdownNow();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://" + stub.authority() + "/2018-06-01/runtime/" + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private String next() throws IOException, InterruptedException {
    HttpResponse<String> next = send(request("invocation/next"));
    assertThat(next.headers().firstValue("lambda-runtime-deadline-ms")).isPresent();
    return next.headers().firstValue("lambda-runtime-aws-request-id").orElseThrow();
  }

  @Test
  void givenAnEvent_whenAnsweredWhole_thenTheAnswerIsRecorded() throws Exception {
    RuntimeApiAnswer answer = stub.invoke("{}".getBytes(StandardCharsets.UTF_8));
    assertThat(answer.ended()).isFalse();
    String id = next();
    assertThat(answer.requestId()).isEqualTo(id);
    HttpRequest.Builder post = request("invocation/" + id + "/response");
    assertThat(send(post.POST(BodyPublishers.ofString("done"))).statusCode()).isEqualTo(202);
    assertThat(answer.await().text()).isEqualTo("done");
    assertThat(answer.kind()).isEqualTo("response");
    assertThat(answer.ended()).isTrue();
    assertThat(stub.polls()).isEqualTo(1);
  }

  @Test
  void givenAnEvent_whenAnsweredInChunks_thenEachIsRecorded() throws Exception {
    RuntimeApiAnswer answer = stub.invoke(new byte[0]);
    byte[] body = "chunk".getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder post = request("invocation/" + next() + "/response");
    send(post.POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
    assertThat(answer.nextChunk().text()).isEqualTo("chunk");
    assertThat(answer.await().chunks()).hasSize(1);
    assertThat(answer.head()).containsIgnoringCase("transfer-encoding: chunked");
    assertThat(answer.trailers()).isEmpty();
  }

  @Test
  void givenARuntimeThatCannotStart_whenItSaysSo_thenItsErrorIsRecorded() throws Exception {
    send(request("init/error").POST(BodyPublishers.ofString("{\"errorType\":\"x\"}")));
    assertThat(stub.initError().get().text()).contains("errorType");
  }

  @Test
  void givenAnInvocationOfAFunction_whenAsked_thenItNamesTheFunction() throws Exception {
    assertThat(stub.awaitPolls(1, Duration.ofMillis(1))).isFalse();
    RuntimeApiAnswer answer = stub.invoke("id-1", "arn:x", new byte[0], 7, "");
    HttpResponse<String> next = send(request("invocation/next"));
    assertThat(next.headers().firstValue("lambda-runtime-invoked-function-arn")).hasValue("arn:x");
    assertThat(stub.awaitPolls(1, Duration.ofSeconds(30))).isTrue();
    assertThat(answer.poll(Duration.ofMillis(1))).isNull();
    send(request("invocation/id-1/response").POST(BodyPublishers.ofString("done")));
    assertThat(answer.nextChunk().text()).isEqualTo("done");
    assertThat(answer.poll(Duration.ofSeconds(30))).isNull();
    assertThat(send(request("restore/next")).statusCode()).isEqualTo(200);
  }

  @Test
  void givenAnOpenInvocation_whenTheStubCloses_thenItsReaderIsTold() throws Exception {
    RuntimeApiAnswer answer = stub.invoke(new byte[0]);
    stub.close();
    assertThat(answer.poll(Duration.ofMinutes(5))).isNull();
    assertThat(answer.ended()).isFalse();
    assertThat(stub.awaitPolls(1, Duration.ofMinutes(5))).isFalse();
  }

  @Test
  void givenARefusal_whenAnAnswerIsPosted_thenItIsRefusedOnce() throws Exception {
    stub.meet(RuntimeApiFault.refusal(413));
    stub.invoke(new byte[0]);
    stub.invoke(new byte[0]);

    HttpRequest.Builder refused = request("invocation/" + next() + "/response");
    assertThat(send(refused.POST(BodyPublishers.ofString("a"))).statusCode()).isEqualTo(413);
    HttpRequest.Builder taken = request("invocation/" + next() + "/response");
    assertThat(send(taken.POST(BodyPublishers.ofString("b"))).statusCode()).isEqualTo(202);
  }

  @Test
  void givenACutAfterAChunk_whenAnAnswerIsPosted_thenNobodyAnswersIt() throws Exception {
    stub.meet(RuntimeApiFault.cutAfter(1, RuntimeApiFault.End.RESET));
    RuntimeApiAnswer answer = stub.invoke(new byte[0]);
    byte[] body = "chunk".getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder post = request("invocation/" + next() + "/response");

    assertThatThrownBy(
            () ->
                send(post.POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))))
        .isInstanceOf(IOException.class);
    assertThat(answer.nextChunk().text()).isEqualTo("chunk");
    assertThat(answer.ended()).isFalse();
    assertThat(answer.arrivals().getFirst().text()).startsWith("POST ");
  }

  @Test
  void givenRawBytes_whenAskedForTheNext_thenTheyAreTheAnswer() throws Exception {
    stub.invokeRaw("odd", "HTTP/1.1 500 Odd\r\nContent-Length: 0\r\n\r\n", true);

    assertThat(send(request("invocation/next")).statusCode()).isEqualTo(500);
  }
}
