package io.sluice.router.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.ModelFamily;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each case is a file: a filter, the model's text, what comes out however the text is cut. */
class TextFilterTest {

  private static final Path CASES = Path.of("src/test/resources/golden/text/stream");

  static List<Path> cases() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givenAText_whenCutAnywhere_thenTheResultIsTheSame(Path file) throws Exception {
    JsonObject example = (JsonObject) Json.read(Files.readAllBytes(file));
    Supplier<TextFilter> filter = filter(example.text("filter", ""));
    String text = example.text("text", "");
    String want = example.text("want", "");

    assertThat(filter.get().whole(text)).as("whole").isEqualTo(want);
    assertThat(through(filter.get(), text.split(""))).as("by character").isEqualTo(want);
    for (int cut = 0; cut <= text.length(); cut++) {
      assertThat(through(filter.get(), text.substring(0, cut), text.substring(cut)))
          .as("cut at %d", cut)
          .isEqualTo(want);
    }
  }

  @Test
  void givenLinesOfCode_whenPushed_thenEachComesWhenItsLineEnds() {
    FenceFilter filter = new FenceFilter();

    assertThat(filter.push("```py\na = 1\nb")).containsExactly("a = 1\n");
    assertThat(filter.push(" = 2")).isEmpty();
    assertThat(filter.push("\n\nc")).containsExactly("b = 2\n", "\n");
    assertThat(filter.finish()).containsExactly("c");
    assertThat(filter.finish()).isEmpty();
  }

  @Test
  void givenTextWithoutReasoning_whenTheWindowIsFull_thenNothingIsHeldBackAnyMore() {
    ReasoningFilter filter = new ReasoningFilter();

    assertThat(filter.push("a".repeat(79))).isEmpty();
    assertThat(filter.push("b")).containsExactly("a".repeat(79) + "b");
    assertThat(filter.push("c")).containsExactly("c");
  }

  @Test
  void givenEndlessReasoning_whenPushed_thenItIsNotKept() {
    ReasoningFilter filter = new ReasoningFilter();
    filter.push("<think>");
    for (int i = 0; i < 10_000; i++) {
      assertThat(filter.push("hm ".repeat(100))).isEmpty();
    }

    assertThat(filter.push("</think>\n\nx")).containsExactly("x");
  }

  @Test
  void givenTwoFilters_whenChained_thenTheSecondSeesWhatTheFirstGives() {
    TextFilter filter = new ReasoningFilter().then(new UnderscoreFilter());

    assertThat(filter.whole("<think>a\\_b</think>c\\_d\\")).isEqualTo("c_d\\");
  }

  private static Supplier<TextFilter> filter(String name) {
    return name.equals("fences")
        ? FenceFilter::new
        : () -> TextFilter.of(ModelFamily.named(name).orElseThrow());
  }

  private static String through(TextFilter filter, String... pieces) {
    List<String> out = new ArrayList<>();
    for (String piece : pieces) {
      out.addAll(filter.push(piece));
    }
    out.addAll(filter.finish());
    assertThat(out).doesNotContain("");
    return String.join("", out);
  }
}
