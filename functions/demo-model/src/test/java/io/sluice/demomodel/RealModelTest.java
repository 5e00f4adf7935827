package io.sluice.demomodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs in the profile demo-model only; {@code SLUICE_DEMO_MODEL} names the weights. */
class RealModelTest {

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void givenTheRealModel_whenAsked_thenItStreamsTokensAndStopsCleanlyInMidAnswer()
      throws Exception {
    try (DemoModelProcess demo = new DemoModelProcess("--model", weights().toString())) {
      String base = "http://127.0.0.1:" + demo.port();
      awaitReady(base);

      List<String> events =
          client
              .send(ask(base, 24, true), HttpResponse.BodyHandlers.ofLines())
              .body()
              .filter(line -> line.startsWith("data: "))
              .toList();
      assertThat(events).last().isEqualTo("data: [DONE]");
      assertThat(events).hasSizeGreaterThan(15);
      assertThat(String.join("\n", events))
          .contains("\"finish_reason\":\"length\"")
          .contains("\"completion_tokens\":24");

      HttpResponse<String> whole =
          client.send(ask(base, 8, false), HttpResponse.BodyHandlers.ofString());
      assertThat(whole.statusCode()).isEqualTo(200);

      HttpResponse<InputStream> cut =
          client.send(ask(base, 700, true), HttpResponse.BodyHandlers.ofInputStream());
      assertThat(cut.body().readNBytes(800)).hasSize(800);
      demo.process.destroy();
      assertThat(demo.exitCode()).as("SIGTERM in mid-answer").isEqualTo(143);
    }
  }

  private static HttpRequest ask(String base, int tokens, boolean stream) {
    String body =
        """
        {"messages":[{"role":"system","content":"You write Python."},
         {"role":"user","content":"Write a function that reverses a string. \\ud83d\\ude00"}],
         "max_tokens":%d,"stream":%b,"stream_options":{"include_usage":true},"temperature":0}
        """
            .formatted(tokens, stream);
    return HttpRequest.newBuilder(URI.create(base + "/v1/chat/completions"))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private void awaitReady(String base) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    HttpRequest health = HttpRequest.newBuilder(URI.create(base + "/health")).build();
    while (client.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() != 200) {
      assertThat(System.nanoTime()).as("the model is ready in time").isLessThan(end);
      Thread.sleep(50);
    }
  }

  private static Path weights() {
    String named = System.getenv("SLUICE_DEMO_MODEL");
    assertThat(named)
        .as("SLUICE_DEMO_MODEL must name the weights: SLUICE_DEMO_MODEL=$(scripts/demo-model)")
        .isNotNull();
    Path file = Path.of(named);
    assertThat(Files.isReadable(file)).as(file + " is readable").isTrue();
    return file;
  }
}
