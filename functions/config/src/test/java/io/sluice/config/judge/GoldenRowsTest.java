package io.sluice.config.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Tables;
import io.sluice.config.row.RowBatch;
import io.sluice.config.snapshot.Snapshot;
import io.sluice.config.store.YamlRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every file in {@code rows/valid} is live as a whole. In every file of {@code rows/invalid} the
 * comments say what the statuses say: {@code # says: TEXT}; and what nobody may read in them:
 * {@code # hides: TEXT}.
 */
class GoldenRowsTest {

  private static final Path ROWS = Path.of("src/test/resources/rows");

  @TestFactory
  Stream<DynamicTest> givenValidRows_whenJudged_thenAllAreLive() throws IOException {
    return tests("valid", this::allAreLive);
  }

  @TestFactory
  Stream<DynamicTest> givenInvalidRows_whenJudged_thenTheStatusSaysWhatToChange()
      throws IOException {
    return tests("invalid", this::saysAndHides);
  }

  private void allAreLive(String yaml) {
    RowBatch batch = YamlRows.parse(yaml);
    Judgement judgement = judged(batch);

    assertThat(batch.unreadable()).isEmpty();
    assertThat(judgement.statuses()).isNotEmpty().hasSameSizeAs(batch.rows());
    assertThat(judgement.statuses())
        .allSatisfy(status -> assertThat(status.problems()).as(status.message()).isEmpty());
  }

  private void saysAndHides(String yaml) {
    RowBatch batch = YamlRows.parse(yaml);
    String said =
        Stream.concat(
                judged(batch).statuses().stream()
                    .filter(status -> !status.problems().isEmpty())
                    .map(RowStatus::message),
                batch.unreadable().stream().map(part -> part.place() + ": " + part.text()))
            .collect(Collectors.joining("\n"));

    List<String> expected = comments(yaml, "# says: ");
    assertThat(expected).isNotEmpty();
    assertThat(expected).allSatisfy(text -> assertThat(said).contains(text));
    assertThat(comments(yaml, "# hides: "))
        .allSatisfy(text -> assertThat(said).doesNotContain(text));
  }

  private static Judgement judged(RowBatch batch) {
    return Tables.judge(Tables.deployment(null)).judge(Snapshot.EMPTY, batch);
  }

  private static List<String> comments(String yaml, String start) {
    return yaml.lines()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .toList();
  }

  private static Stream<DynamicTest> tests(String folder, java.util.function.Consumer<String> judge)
      throws IOException {
    try (Stream<Path> files = Files.list(ROWS.resolve(folder))) {
      List<Path> sorted = files.sorted().toList();
      assertThat(sorted).isNotEmpty();
      return sorted.stream()
          .map(
              file ->
                  DynamicTest.dynamicTest(
                      String.valueOf(file.getFileName()),
                      () -> judge.accept(Files.readString(file))));
    }
  }
}
