package io.sluice.docsindex;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.docs.DocsIndex;
import io.sluice.docs.Passage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Queries on the sample, one a file of {@code queries}. Its first line is the query; each further
 * line says what must be found: {@code first} names the best passage by its file and headings,
 * {@code also} one among them, {@code not} one that is not, {@code none} that there is nothing.
 */
class QueryGoldenTest {

  private static final Path SAMPLE = Path.of("../../events/docs");
  private static final Path QUERIES = Path.of("src/test/resources/queries");

  @TempDir private static Path folder;
  private static DocsIndex index;

  @BeforeAll
  static void build() throws IOException, BuildException {
    Path zip = folder.resolve("index.zip");
    IndexBuild.of(
            DocsFolder.of(SAMPLE, List.of()),
            "18.9.0",
            new Passages("https://docs.gitlab.com", LinkForm.PAGE))
        .write(zip);
    index = DocsIndex.open(zip);
  }

  @AfterAll
  static void close() throws IOException {
    index.close();
  }

  static List<Path> queries() throws IOException {
    try (Stream<Path> files = Files.list(QUERIES)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("queries")
  void givenAQuery_whenSearched_thenThePassagesAreThoseOfItsFile(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String> found =
        index.search(lines.getFirst(), 4).passages().stream().map(QueryGoldenTest::place).toList();
    for (String line : lines.subList(1, lines.size())) {
      String place = line.substring(line.indexOf(' ') + 1);
      switch (line.split(" ", 2)[0]) {
        case "first" -> assertThat(found).first().isEqualTo(place);
        case "also" -> assertThat(found).contains(place);
        case "not" -> assertThat(found).isNotEmpty().doesNotContain(place);
        case "none" -> assertThat(found).isEmpty();
        default -> throw new IllegalArgumentException(file + ": " + line);
      }
    }
  }

  private static String place(Passage passage) {
    return passage.filename()
        + (passage.headings().isEmpty() ? "" : " > " + String.join(" > ", passage.headings()));
  }
}
