package io.sluice.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.testing.ModelAnswer;
import io.sluice.testing.ModelStub;
import io.sluice.testing.WireConnection;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code scripts/eval} prints and writes, with a model that is scripted. */
class EvalTest {

  private static final Path INPUTS = Path.of("src/test/resources/eval");

  @TempDir private Path directory;

  private final StringWriter table = new StringWriter();
  private final StringWriter progress = new StringWriter();
  private ModelStub model;

  @BeforeEach
  void start() {
    model = ModelStub.start();
  }

  @AfterEach
  void stop() {
    model.close();
  }

  private int eval(String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(List.of("--inputs", INPUTS.toString(), "--out", out().toString()));
    return EvalCommand.run(
        arguments.toArray(String[]::new),
        Map.of("MODEL_KEY", "sk-canary"),
        new PrintWriter(table, true),
        new PrintWriter(progress, true));
  }

  private Path out() {
    return directory.resolve("eval.json");
  }

  @Test
  void givenEveryInput_whenLoaded_thenItHasAFeatureAndChecksThatAreKnown() throws IOException {
    assertThat(EvalCase.load(INPUTS, _ -> true))
        .hasSizeGreaterThan(40)
        .extracting(EvalCase::feature)
        .contains("code_completions", "duo_chat", "chat/issue_reader", "review_merge_request");
  }

  @Test
  void givenAModel_whenEveryInputIsAsked_thenALineAFeatureAndAFile() throws Exception {
    model.byDefault(EvalTest::answer);
    int code =
        eval("--model-endpoint=" + model.url(), "--family=mistral", "--api-key-env=MODEL_KEY");
    assertThat(code).as(progress.toString()).isZero();
    assertThat(table.toString())
        .contains(
            "| code_completions | `/v2/code/completions` | 200 | 3 | 3 | 2 | 0 | 0 | 0 | 33 |")
        .contains("| test_connection | `/v1/prompts/model_configuration%2Fcheck` | 200 | 1 | 1 |")
        .contains(
            "| chat/work_item_reader | `/v1/prompts/chat/work_item_reader` | 200 | 1 | 0 | 0 | 0 |"
                + " 1 | 1 |");
    assertThat(progress.toString()).contains("chat/work_item_reader/link: M4001");
    assertThat(model.calls())
        .allSatisfy(call -> assertThat(call.header("authorization")).isEqualTo("Bearer sk-canary"));
    String written = Files.readString(out());
    assertThat(written).doesNotContain("sk-canary");
    assertThat(Json.read(written))
        .isInstanceOfSatisfying(
            JsonObject.class,
            report -> {
              assertThat(report.text("model")).isEqualTo("served");
              assertThat(report.array("results"))
                  .hasSizeGreaterThan(40)
                  .allSatisfy(result -> assertThat(Json.text(result)).contains("\"status\":200"));
            });
  }

  /** A model that is right about code, and rambles when it is asked for JSON. */
  private static void answer(ModelStub.RecordedCall call, WireConnection connection)
      throws IOException {
    if (call.path().endsWith("/models")) {
      connection.answer(200, "application/json", "{\"data\":[{\"id\":\"served\"}]}");
    } else {
      boolean json = call.body().toString().contains("ResourceIdentifierType");
      ModelAnswer.text(json ? "It is the one you mean, I think." : "return a + b")
          .answer(call, connection);
    }
  }

  @Test
  void givenAWrongOption_whenRun_thenItIsNamed() {
    assertThat(eval("--model-endpoint=http://127.0.0.1:1/v1", "--api-key-env=NONE")).isEqualTo(2);
    assertThat(eval("--only=nothing")).isEqualTo(2);
    assertThat(eval("--model-endpoint=http://127.0.0.1:1/v1")).isEqualTo(2);
    assertThat(progress.toString()).contains("--api-key-env: ", "--only: ", "eval: ");
  }
}
