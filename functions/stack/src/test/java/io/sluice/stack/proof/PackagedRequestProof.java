package io.sluice.stack.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.ModelAnswer;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One request through the packages: API, authorizer, router, backend, a model that streams. */
class PackagedRequestProof {

  @Test
  void givenADeployedStack_whenGitLabAsks_thenTheModelsWordsArriveAsTheyCome() throws Exception {
    try (PackagedStack packaged = PackagedStack.start(Map.of())) {
      StreamedAnswer.prove(packaged);
      assertThat(packaged.stack().refusals()).isEmpty();
    }
  }

  /** What every way of the request must keep. */
  static final class StreamedAnswer {

    private StreamedAnswer() {}

    static void prove(PackagedStack packaged) throws Exception {
      packaged
          .model()
          .byDefault(
              ModelAnswer.text("def first():\n", "    pass\n", "def last():\n", "    pass\n")
                  .every(Duration.ofMillis(600)));
      HttpResponse<InputStream> answer =
          packaged.open("/v2/code/generations", PackagedStack.GENERATION);
      assertThat(answer.statusCode()).as(packaged.log()).isEqualTo(200);
      long begun;
      long ended;
      try (InputStream body = answer.body()) {
        String first = new String(body.readNBytes(9), StandardCharsets.UTF_8);
        begun = System.nanoTime();
        String rest = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        ended = System.nanoTime();
        assertThat(first + rest).contains("def first").contains("def last");
      }
      // Three pauses of 600 ms lie between the first word and the end: buffered, they would not.
      assertThat(Duration.ofNanos(ended - begun)).isGreaterThan(Duration.ofMillis(900));
      assertThat(packaged.records())
          .extracting(record -> record.text("record", ""))
          .containsExactly("opening", "closing");
    }
  }
}
