package io.sluice.core.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.http.Headers;
import io.sluice.core.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamedResponseTest {

  private static final String NULS = "\0".repeat(8);

  private final List<String> flushed = new ArrayList<>();
  private final StreamedResponse response =
      new StreamedResponse(
          new ByteArrayOutputStream() {
            @Override
            public void flush() {
              flushed.add(toString(StandardCharsets.UTF_8));
              reset();
            }
          });

  @Test
  void givenAWholeAnswer_whenSent_thenPreludeAndBodyLeaveTogether() throws Exception {
    response.send(HttpResponse.detail(404, "Not Found"));

    assertThat(flushed)
        .containsExactly(
            "{\"statusCode\":404,\"headers\":{\"Content-Type\":\"application/json\"}}"
                + NULS
                + "{\"detail\":\"Not Found\"}");
  }

  @Test
  void givenAStream_whenWritten_thenEachPieceLeavesAtOnce() throws Exception {
    response.begin(200, Headers.EMPTY);
    response.write("a".getBytes(StandardCharsets.UTF_8));
    response.write(new byte[0]);
    response.write("b".getBytes(StandardCharsets.UTF_8));
    response.end();

    assertThat(flushed).containsExactly("{\"statusCode\":200,\"headers\":{}}" + NULS, "a", "b");
    assertThat(response.aborted()).isFalse();
  }

  @Test
  void givenARepeatedHeader_whenBegun_thenItHasAllItsValues() throws Exception {
    response.begin(200, Headers.builder().add("A", "1").add("B", "2").add("a", "3").build());

    assertThat(flushed.getFirst())
        .startsWith(
            "{\"statusCode\":200,\"headers\":{\"B\":\"2\"},\"multiValueHeaders\":{\"A\":[\"1\",\"3\"]}}");
  }

  @Test
  void givenAnAbort_whenAsked_thenTheAnswerIsNotWhole() {
    response.onClosed(
        () -> {
          throw new AssertionError("Lambda can't know");
        });
    response.abort();

    assertThat(response.aborted()).isTrue();
  }
}
