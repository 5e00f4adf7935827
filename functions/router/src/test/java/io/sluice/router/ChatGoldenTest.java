package io.sluice.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.model.Message;
import io.sluice.core.model.ModelCall;
import io.sluice.core.model.ModelEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Steps of Duo Chat. A case is a file at {@code golden/chat}: the {@code request} as Rails sends
 * it, and maybe the caller's {@code scopes} and GitLab's {@code version}, and what the model says
 * ({@code output}, {@code finish_reason}). Beside it is what the model gets, from the tool list on,
 * and what Rails gets. After a wanted change, {@code -Dgolden=write} writes what happens now.
 */
class ChatGoldenTest {

  private static final Path CASES = Path.of("src/test/resources/golden/chat");
  private static final String TOOLS = "Tools, each with an example:";
  private static final Pattern TAG = Pattern.compile("(</?[a-z]+)_[a-z2-9]{5}>");
  private static final Pattern TEXT = Pattern.compile("\"text\": \"((?:[^\"\\\\]|\\\\.)*)\"");

  static List<Path> cases() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givenARequest_whenAsked_thenModelAndRailsGetTheGoldenTexts(Path file) throws Exception {
    JsonObject example = (JsonObject) Json.read(Files.readAllBytes(file));
    RouterFixture gateway = new RouterFixture();
    String events = events(gateway, example, List.of(example.text("output", "")));
    StringBuilder text = new StringBuilder();
    if (!gateway.backend.calls.isEmpty()) {
      ModelCall call = gateway.backend.lastCall();
      text.append("=== ").append(call.sampling()).append('\n');
      for (Message message : ((ModelCall.Chat) call.input()).messages()) {
        String content = TAG.matcher(message.content()).replaceAll("$1_TAG>");
        int tools = content.indexOf(TOOLS);
        text.append("--- ").append(message.role().wire()).append('\n');
        text.append(content.substring(Math.max(tools, 0))).append('\n');
      }
    }
    text.append("=== events\n").append(events);

    compare(file.resolveSibling(file.getFileName().toString().replace(".json", ".txt")), text);
  }

  /** Only where an answer is cut into deltas may depend on where the model's text was cut. */
  @ParameterizedTest
  @MethodSource("cases")
  void givenAModelsText_whenCutAnywhere_thenTheEventsSayTheSame(Path file) throws Exception {
    JsonObject example = (JsonObject) Json.read(Files.readAllBytes(file));
    String output = example.text("output", "");
    RouterFixture gateway = new RouterFixture();
    String whole = said(events(gateway, example, List.of(output)));
    for (int cut = 1; cut < output.length(); cut++) {
      assertThat(
              said(
                  events(
                      gateway, example, List.of(output.substring(0, cut), output.substring(cut)))))
          .as("cut at %d", cut)
          .isEqualTo(whole);
    }
  }

  /** The deltas' texts joined, and the other lines. */
  private static String said(String events) {
    StringBuilder deltas = new StringBuilder();
    StringBuilder others = new StringBuilder();
    for (String line : events.lines().toList()) {
      if (line.contains("\"final_answer_delta\"")) {
        TEXT.matcher(line).results().forEach(text -> deltas.append(text.group(1)));
      } else {
        others.append(line).append('\n');
      }
    }
    return deltas + "\n" + others;
  }

  private static String events(RouterFixture gateway, JsonObject example, List<String> pieces) {
    JsonArray scopes = example.array("scopes");
    if (scopes != null) {
      gateway.scopes = new LinkedHashSet<>(texts(scopes));
    } else {
      gateway.scopes = Set.copyOf(ALL);
    }
    gateway.headers = io.sluice.core.http.Headers.of("Content-Type", "application/json");
    gateway.header("X-Gitlab-Version", example.text("version", "18.9.0"));
    List<ModelEvent> events = new ArrayList<>();
    pieces.stream()
        .filter(piece -> !piece.isEmpty())
        .map(ModelEvent.Text::new)
        .forEach(events::add);
    events.add(new ModelEvent.Usage(812, 31, 0));
    events.add(new ModelEvent.Finish(example.text("finish_reason", "stop")));
    gateway.backend.answer(ScriptedBackend.events(events.toArray(ModelEvent[]::new)));
    JsonObject request = example.object("request");
    RecordedAnswer answer =
        gateway.post(RouterFixture.CHAT, Json.text(request == null ? JsonObject.EMPTY : request));
    if (answer.status() == 200) {
      assertThat(answer.headers().first("Content-Type"))
          .isEqualTo("application/x-ndjson; charset=utf-8");
      assertThat(answer.ended()).isTrue();
    }
    return answer.status() == 200 ? answer.text() : answer.status() + " " + answer.text() + "\n";
  }

  private static final List<String> ALL =
      List.of(
          "duo_classic_chat",
          "ask_issue",
          "ask_epic",
          "ask_work_item",
          "ask_merge_request",
          "ask_commit",
          "ask_build",
          "documentation_search",
          "include_file_context",
          "include_snippet_context",
          "include_issue_context");

  private static List<String> texts(JsonArray array) {
    return array.items().stream().map(item -> ((JsonString) item).value()).toList();
  }

  private static void compare(Path file, CharSequence text) throws IOException {
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(file, text);
    }
    assertThat(Files.readString(file)).as(file.toString()).isEqualTo(text.toString());
  }
}
