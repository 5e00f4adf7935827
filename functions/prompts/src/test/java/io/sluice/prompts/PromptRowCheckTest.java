package io.sluice.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.PromptRow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Administrators' rows and what is said of them, a file each in {@code src/test/resources/rows}:
 * the row's name and version, then {@code says: TEXT} for each problem, then the template below a
 * line of equals signs.
 */
class PromptRowCheckTest {

  private static final Path FOLDER = Path.of("src/test/resources/rows");

  private final PromptRegistry ours = new PromptRegistry();
  private final PromptRowCheck check = new PromptRowCheck(ours);

  static Stream<Path> rows() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList().stream();
    }
  }

  static Stream<Prompt> prompts() {
    return new PromptRegistry().all().stream();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void givenARow_whenJudged_thenItsFileSaysWhatIsWrong(Path file) throws IOException {
    String text = Files.readString(file);
    int end = text.indexOf("====\n");
    List<String> head = text.substring(0, end).lines().toList();
    String[] name = head.getFirst().split(" ", 2);
    List<String> says =
        head.stream().filter(line -> line.startsWith("says: ")).map(l -> l.substring(6)).toList();

    List<String> problems =
        check.problems(new PromptRow(name[0], name[1], text.substring(end + "====\n".length())));

    assertThat(problems).hasSameSizeAs(says);
    for (int i = 0; i < says.size(); i++) {
      assertThat(problems.get(i)).startsWith(says.get(i));
    }
  }

  @ParameterizedTest
  @MethodSource("prompts")
  void givenAPromptOfOurs_whenGivenAsARow_thenNothingIsWrong(Prompt prompt) throws IOException {
    String path =
        "/prompts/%s/%s/%s.prompt".formatted(prompt.id(), prompt.variant(), prompt.version());
    String text;
    try (InputStream in = PromptRegistry.class.getResourceAsStream(path)) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    int messages = text.indexOf("\n--- ");
    String template = messages < 0 ? "{\"max_tokens\": 9}" : text.substring(messages + 1);

    assertThat(
            check.problems(new PromptRow(prompt.id() + "/" + prompt.variant(), "1.99.0", template)))
        .isEmpty();
  }

  @Test
  void givenDeepNesting_whenJudged_thenItEndsWithoutRecursion() {
    String deep = "{{#diff}}".repeat(5_000) + "{{/diff}}".repeat(5_000);

    assertThat(problems("--- user\n" + deep)).hasSize(1);
    assertThat(problems("--- user\n" + "{{#diff}}".repeat(11_000)).getFirst())
        .startsWith("line 2: sections nest at most 6 deep");
  }

  @Test
  void givenAHugeTemplate_whenJudged_thenItsWordsAreTooMany() {
    String huge = "--- user\n<diff_{{tag}}>{{diff}}</diff_{{tag}}>\n" + "word ".repeat(20_000);

    assertThat(problems(huge).getFirst()).contains("at most 4000 leave room");
  }

  private List<String> problems(String template) {
    return check.problems(new PromptRow("generate_commit_message/base", "1.1.0", template));
  }
}
