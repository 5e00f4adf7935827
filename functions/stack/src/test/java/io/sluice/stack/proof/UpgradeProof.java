package io.sluice.stack.proof;

import static io.sluice.stack.proof.PackagedStack.COMPLETION;
import static io.sluice.stack.proof.PackagedStack.s;
import static io.sluice.stack.proof.PackagedStack.targets;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.json.JsonObject;
import io.sluice.testing.ModelAnswer;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Functions and snapshots of different releases beside each other. */
class UpgradeProof {

  @Test
  void givenASnapshot_whenANewerFormatComesOrTheFunctionsAreNew_thenTheLastGoodOneStays()
      throws Exception {
    try (PackagedStack packaged = PackagedStack.start(Map.of())) {
      packaged.model().model("chosen-model", ModelAnswer.text("one"));
      packaged.row(
          "model",
          "chosen",
          Map.of(
              "provider", s("openai"),
              "family", s("general"),
              "model", s("chosen-model"),
              "endpoint", s(packaged.model().url())));
      packaged.row("feature", "code_completions", Map.of("targets", targets("chosen")));
      awaitChosen(packaged);

      // An old snapshot, new functions: cold starts read what was published before.
      packaged.stack().function("router").reset();
      packaged.stack().function("backend-openai").reset();
      awaitChosen(packaged);

      // A newer publisher's format, the functions that run: they keep what they have.
      JsonObject live = Objects.requireNonNull(packaged.live());
      long format = Long.parseLong(Objects.requireNonNull(live.object("format")).text("N", "0"));
      long number = Long.parseLong(Objects.requireNonNull(live.object("number")).text("N", "0"));
      packaged
          .stack()
          .tables()
          .put(
              "duo-state",
              JsonObject.builder()
                  .putAll(live)
                  .put("format", Map.of("N", Long.toString(format + 1)))
                  .put("number", Map.of("N", Long.toString(number + 1)))
                  .put("content", Map.of("B", "AAAA"))
                  .build());
      var _ =
          packaged.eventually(
              () -> {
                HttpResponse<String> answer = packaged.post("/v2/code/completions", COMPLETION);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                assertThat(packaged.model().lastCall().model()).isEqualTo("chosen-model");
                return packaged.log().contains("format") ? true : null;
              });
    }
  }

  private static void awaitChosen(PackagedStack packaged) throws Exception {
    var _ =
        packaged.eventually(
            () -> {
              HttpResponse<String> answer = packaged.post("/v2/code/completions", COMPLETION);
              return (answer.statusCode() == 200
                      && packaged.model().lastCall().model().equals("chosen-model"))
                  ? true
                  : null;
            });
  }
}
