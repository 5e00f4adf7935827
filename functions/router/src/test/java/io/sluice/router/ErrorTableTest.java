package io.sluice.router;

import static io.sluice.router.RouterFixture.CHAT;
import static io.sluice.router.RouterFixture.CHECK;
import static io.sluice.router.RouterFixture.COMMIT_MESSAGE;
import static io.sluice.router.RouterFixture.COMPLETIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.model.ModelEvent.Failure;
import io.sluice.router.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/errors.md}, row by row. */
class ErrorTableTest {

  private static final Path DOCUMENT = Path.of("../../docs/errors.md");
  private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| (.*) \\|");
  private static final Pattern CELL = Pattern.compile("(\\d{3})(?: `([^`]+)`)?(, retryable)?");
  private static final String METADATA =
      "\"model_metadata\":{\"provider\":\"openai\",\"name\":\"mistral\"}";
  private static final String COMPLETION =
      "{\"prompt_version\":1,\"current_file\":{\"file_name\":\"a.py\","
          + "\"content_above_cursor\":\"x\",\"content_below_cursor\":\"\"},\"stream\":%s}";
  private static final String LEGACY_CHAT = "/v1/chat/agent";
  private static final String EMBEDDINGS = "/v1/embeddings/code_embeddings";
  private static final String EMBEDDING =
      "{\"model_metadata\":{\"provider\":\"gitlab\",\"identifier\":\"x\"},\"contents\":[\"a\"]}";
  private static final String PROMPT = "{\"inputs\":{\"diff\":\"d\"},\"stream\":%s,%s}";

  /** A row of the second table. */
  record ModelFailure(
      String code,
      String failure,
      String check,
      String prompt,
      String codeRoute,
      String chat,
      String embeddings) {
    Failure.Kind kind() {
      return Failure.Kind.valueOf(failure.split(" ", 2)[0]);
    }

    int status() {
      String[] words = failure.split(" ", 3);
      return words.length == 1 ? 0 : Integer.parseInt(words[1]);
    }

    /** What the server says, where it matters. */
    String message() {
      int quote = failure.indexOf('"');
      return quote < 0
          ? "what the server said"
          : "the " + failure.substring(quote + 1, failure.lastIndexOf('"')) + " is 8192";
    }
  }

  static Stream<ModelFailure> modelFailures() throws IOException {
    return rows()
        .filter(row -> row.size() == 7)
        .map(
            row ->
                new ModelFailure(
                    row.get(0),
                    row.get(1),
                    row.get(2),
                    row.get(3),
                    row.get(4),
                    row.get(5),
                    row.get(6)));
  }

  private static Stream<List<String>> rows() throws IOException {
    return Files.readAllLines(DOCUMENT).stream()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .map(
            row ->
                Stream.concat(
                        Stream.of(row.group(1)), Arrays.stream(row.group(2).split(" \\| ", -1)))
                    .map(String::strip)
                    .toList());
  }

  /** Code and statuses of the first table's rows. */
  static List<List<String>> refusals() throws IOException {
    return rows().filter(row -> row.size() == 4).toList();
  }

  @ParameterizedTest
  @MethodSource("modelFailures")
  void givenARowOfTheTable_whenTheModelFailsSo_thenEveryRouteAnswersAsItSays(ModelFailure row) {
    for (boolean stream : new boolean[] {false, true}) {
      expect(row, CHECK, PROMPT.formatted(stream, METADATA), row.check());
      expect(row, COMMIT_MESSAGE, PROMPT.formatted(stream, METADATA), row.prompt());
      expect(row, COMPLETIONS, COMPLETION.formatted(stream), row.codeRoute());
      expect(row, LEGACY_CHAT, legacy(stream), row.codeRoute());
    }
    expect(row, EMBEDDINGS, EMBEDDING, row.embeddings());
    expect(row, CHAT, "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}", row.chat());
  }

  private static String legacy(boolean stream) {
    return """
    {"prompt_components":[{"type":"prompt","metadata":{"source":"GitLab EE","version":"17.3.0"},
     "payload":{"content":"Hello"}}],"stream":%s}
    """
        .formatted(stream);
  }

  private static void expect(ModelFailure row, String path, String body, String cell) {
    Matcher expected = CELL.matcher(cell);
    assertThat(expected.matches()).as(cell).isTrue();
    RouterFixture gateway = new RouterFixture();
    gateway.backend.answer(ScriptedBackend.failure(row.kind(), row.status(), null, row.message()));

    RecordedAnswer answer = gateway.post(path, body);

    assertThat(answer.status()).as(path).isEqualTo(Integer.parseInt(expected.group(1)));
    assertThat(gateway.closing().text("error_code")).isEqualTo(row.code());
    assertThat(gateway.closing().text("error_detail")).isEqualTo(row.message());
    String detail = expected.group(2);
    if (answer.status() == 200) {
      boolean retryable = expected.group(3) != null;
      assertThat(answer.text())
          .isEqualTo(
              "{\"type\": \"error\", \"data\": {\"message\": \"%s\", \"retryable\": %s}}\n"
                  .formatted(detail, retryable));
      assertThat(answer.ended()).isTrue();
    } else if (detail != null) {
      assertThat(answer.detail()).isEqualTo(detail);
      assertThat(answer.text()).doesNotContain(row.message());
    }
    if (answer.status() == 429) {
      assertThat(answer.headers().first("Retry-After")).isEqualTo("1");
    }
    if (answer.status() == 422 && path.equals(CHECK)) {
      assertThat(answer.text()).startsWith("{\"detail\":[{\"msg\":\"");
    }
  }

  @Test
  void givenARateLimit_whenTheServerSaysHowLong_thenSoDoWe() {
    RouterFixture gateway = new RouterFixture();
    gateway.backend.answer(ScriptedBackend.failure(Failure.Kind.STATUS, 429, 17L));

    RecordedAnswer answer = gateway.post(COMPLETIONS, COMPLETION.formatted(false));

    assertThat(answer.headers().first("Retry-After")).isEqualTo("17");
  }

  @Test
  void givenAllCodes_whenLookedUp_thenTheDocumentHasThem() throws IOException {
    assertThat(rows().map(List::getFirst).distinct())
        .containsAll(Arrays.stream(ErrorCode.values()).map(ErrorCode::wire).toList());
  }
}
