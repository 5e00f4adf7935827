package io.sluice.docsindex;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.docs.Passage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pages of the sample as passages: {@code passages/NAME.txt} is what becomes of the page whose path
 * is {@code NAME} with {@code __} for slashes.
 */
class PageGoldenTest {

  private static final Path PASSAGES = Path.of("src/test/resources/passages");
  private static final Path SAMPLE = Path.of("../../events/docs");

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(PASSAGES)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void givenAPage_whenCut_thenThePassagesAreThoseOfItsFile(Path file)
      throws IOException, BuildException {
    String name = "/" + file.getFileName().toString().replace(".txt", ".md").replace("__", "/");
    DocsPage page =
        DocsFolder.of(SAMPLE, List.of()).pages().stream()
            .filter(candidate -> candidate.filename().equals(name))
            .findFirst()
            .orElseThrow();

    String passages =
        new Passages("https://docs.gitlab.com", LinkForm.PAGE)
            .of(page).stream()
                .map(passage -> header(passage) + passage.content() + "\n")
                .collect(Collectors.joining("\n"));

    assertThat(passages).isEqualTo(Files.readString(file));
  }

  private static String header(Passage passage) {
    return "=== %s %s%n".formatted(passage.id(), passage.url());
  }
}
