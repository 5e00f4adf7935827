package io.sluice.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.RuntimeApiAnswer;
import io.sluice.testing.RuntimeApiStub;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What leaves the socket, byte for byte and piece by piece, and what may come in. */
class WireTest {

  private static final String PRELUDE = "{\"statusCode\":200}" + "\0".repeat(8);

  private final RuntimeUnderTest runtime = new RuntimeUnderTest();
  private final RuntimeApiStub api = runtime.api();
  private final SynchronousQueue<String> pieces = new SynchronousQueue<>();

  @AfterEach
  void stop() {
    runtime.close();
  }

  @Test
  void givenAStream_whenAPieceIsFlushed_thenHeadSizeBytesAndLineEndLeaveTogether()
      throws Exception {
    runtime.start(this::stream);
    RuntimeApiAnswer answer = api.invoke(new byte[0]);

    for (String piece : List.of(PRELUDE, "a", "b".repeat(300), "c".repeat(10_000))) {
      pieces.put(piece);
      answer.nextChunk();
    }
    pieces.put("");
    answer.await();

    List<String> arrived = answer.arrivals().stream().map(RuntimeApiAnswer.Arrival::text).toList();
    assertThat(arrived)
        .containsExactly(
            """
            POST /2018-06-01/runtime/invocation/%s/response HTTP/1.1\r
            Host: %s\r
            Lambda-Runtime-Function-Response-Mode: streaming\r
            Content-Type: application/vnd.awslambda.http-integration-response\r
            Transfer-Encoding: chunked\r
            Trailer: Lambda-Runtime-Function-Error-Type\r
            Trailer: Lambda-Runtime-Function-Error-Body\r
            \r
            1a\r
            %s\r
            """
                .formatted(answer.requestId(), api.authority(), PRELUDE),
            "1\r\na\r\n",
            "12c\r\n" + "b".repeat(300) + "\r\n",
            "2710\r\n" + "c".repeat(10_000) + "\r\n",
            "0\r\n\r\n");
    assertThat(answer.arrivals().stream().map(RuntimeApiAnswer.Arrival::nanos)).isSorted();
  }

  @Test
  void givenABufferedAnswer_whenItIsSent_thenHeadAndBodyLeaveTogether() throws Exception {
    runtime.start((in, out, context) -> in.transferTo(out));

    RuntimeApiAnswer answer =
        api.invoke("{\"a\":\"\u00e9\"}".getBytes(StandardCharsets.UTF_8)).await();

    assertThat(answer.arrivals()).hasSize(1);
    assertThat(answer.arrivals().getFirst().text())
        .isEqualTo(
            """
            POST /2018-06-01/runtime/invocation/%s/response HTTP/1.1\r
            Host: %s\r
            Content-Type: application/json\r
            Content-Length: 10\r
            \r
            {"a":"\u00c3\u00a9"}\
            """
                .formatted(answer.requestId(), api.authority()));
  }

  @Test
  void givenWhatWasNotFlushed_whenTheHandlerReturns_thenItLeavesWithTheEnd() throws Exception {
    runtime.start(
        (in, out, context) -> {
          out.flush(); // nothing to send yet
          out.write(bytes(PRELUDE));
          out.flush();
          out.flush();
          out.write(bytes("rest"));
        });

    RuntimeApiAnswer answer = api.invoke(new byte[0]).await();

    assertThat(answer.chunks()).hasSize(2);
    assertThat(answer.arrivals().getLast().text()).endsWith("4\r\nrest\r\n0\r\n\r\n");
  }

  @Test
  void givenRawBytes_whenStreamed_thenTheContentTypePromisesNoPrelude() throws Exception {
    runtime.start(this::stream);
    RuntimeApiAnswer answer = api.invoke(new byte[0]);

    pieces.put("{\"type\":\"text\"}\n");
    pieces.put("");

    assertThat(answer.await().head()).contains("Content-Type: application/octet-stream\r\n");
    assertThat(answer.text()).isEqualTo("{\"type\":\"text\"}\n");
  }

  @Test
  void givenAPreludeBeyond16KB_whenFlushed_thenTheHandlerIsToldAndNothingWasSent()
      throws Exception {
    runtime.start(
        (in, out, context) -> {
          String header = in.readAllBytes().length == 0 ? "x".repeat(16_362) : "x".repeat(16_363);
          out.write(bytes("{\"headers\":\"" + header + "\"}" + "\0".repeat(8)));
          out.flush();
        });

    assertThat(api.invoke(new byte[0]).await().text()).hasSize(Prelude.MAX_LENGTH);
    RuntimeApiAnswer tooLong = api.invoke(new byte[1]).await();
    assertThat(tooLong.kind()).isEqualTo("error");
    assertThat(tooLong.text()).contains("Function.IOException");
  }

  @Test
  void givenAnInvocationWithoutHeaders_whenHandled_thenTheHandlerAnswersIt() throws Exception {
    runtime.start(
        (in, out, context) ->
            out.write(
                bytes(
                    "%s %s %d %d"
                        .formatted(
                            context.getInvokedFunctionArn(),
                            context.getXrayTraceId(),
                            context.getRemainingTimeInMillis(),
                            in.readAllBytes().length))));
    String bare = "HTTP/1.1 200 OK\r\nlambda-runtime-aws-request-id: %s\r\n%s\r\n";

    RuntimeApiAnswer answer =
        api.invokeRaw("r1", bare.formatted("r1", "Lambda-Runtime-Deadline-Ms: soon\r\n"), false);
    RuntimeApiAnswer chunked =
        api.invokeRaw(
            "r2",
            "HTTP/1.1 100 Continue\r\n\r\n"
                + bare.formatted("r2", "Transfer-Encoding: chunked\r\nno header\r\n")
                + "3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: x\r\n\r\n",
            true);

    assertThat(answer.await().text()).isEqualTo(" null 2147483647 0");
    assertThat(chunked.await().text()).endsWith(" 5");
    assertThat(api.invoke(new byte[2]).await().text()).endsWith(" 2");
  }

  @Test
  void givenAnInvocationWithoutAnId_whenItComes_thenTheNextOneIsHandled() throws Exception {
    runtime.start((in, out, context) -> in.transferTo(out));

    String odd = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    api.invokeRaw("none", odd, false);
    assertThat(api.invoke(bytes("fine")).await().text()).isEqualTo("fine");
    for (int i = 0; i < 3; i++) {
      api.invokeRaw("none", odd, false);
    }
    assertThat(runtime.end()).hasMessageContaining("without an id");
  }

  @Test
  void givenNoHttpOrARefusal_whenAskedForTheNext_thenTheRuntimeEnds() throws Exception {
    for (Map.Entry<String, String> odd :
        Map.of(
                "SSH-2.0-x\r\n\r\n",
                "does not speak HTTP",
                "HTTP/1.1 abc\r\n\r\n",
                "a number that can't be",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "a number that can't be",
                "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
                "answered 403 to next",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort",
                "closed the connection",
                "HTTP/1.1 200 " + "x".repeat(70_000),
                "too long")
            .entrySet()) {
      try (RuntimeUnderTest other = new RuntimeUnderTest()) {
        other.api().invokeRaw("x", odd.getKey(), true);
        other.start((in, out, context) -> {});
        assertThat(other.end()).hasMessageContaining(odd.getValue());
      }
    }
  }

  @Test
  void givenAConnectionClosedWhileIdle_whenAnInvocationIsAnswered_thenANewOneCarriesIt()
      throws Exception {
    runtime.start((in, out, context) -> in.transferTo(out));
    String invocation =
        "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: %s\r\n%sContent-Length: 1\r\n\r\na";

    RuntimeApiAnswer closed = api.invokeRaw("c1", invocation.formatted("c1", ""), true);
    RuntimeApiAnswer told =
        api.invokeRaw("c2", invocation.formatted("c2", "Connection: close\r\n"), false);

    assertThat(closed.await().text()).isEqualTo("a");
    assertThat(told.await().text()).isEqualTo("a");
  }

  private void stream(InputStream in, OutputStream out, Object context) throws IOException {
    try {
      for (String piece = pieces.take(); !piece.isEmpty(); piece = pieces.take()) {
        out.write(bytes(piece));
        out.flush();
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
