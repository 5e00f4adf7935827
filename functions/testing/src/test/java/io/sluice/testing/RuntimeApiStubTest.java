package io.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RuntimeApiStubTest {

  private final RuntimeApiStub stub = RuntimeApiStub.start();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void close() {
    stub.close();
    client.close();
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
}
