package io.sluice.config.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Features;
import io.sluice.config.ModelFamily;
import io.sluice.config.Tables;
import io.sluice.config.row.RowBatch;
import io.sluice.config.row.RowDocument;
import io.sluice.config.row.RowKey;
import io.sluice.config.snapshot.Snapshot;
import io.sluice.config.store.YamlRows;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guide and the schemas under {@code docs} say what this code does. */
class PublishedDocumentsTest {

  private static final Path DOCS = Path.of("../../docs");
  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  @Test
  void givenTheGuide_whenItsExamplesAreJudged_thenEveryRowIsLive() throws IOException {
    List<String> examples =
        YAML.matcher(Files.readString(DOCS.resolve("routing.md")))
            .results()
            .map((MatchResult match) -> match.group(1))
            .toList();
    Map<RowKey, RowDocument> latest = new LinkedHashMap<>();
    for (String example : examples) {
      RowBatch batch = YamlRows.parse(example);
      assertThat(batch.unreadable()).isEmpty();
      batch.rows().forEach(row -> latest.put(row.key(), row));
    }
    RowBatch rows = new RowBatch(List.copyOf(latest.values()), List.of());

    assertThat(examples).hasSizeGreaterThan(4);
    assertThat(Tables.judge(Tables.deployment(null)).judge(Snapshot.EMPTY, rows).statuses())
        .hasSameSizeAs(rows.rows())
        .allSatisfy(status -> assertThat(status.problems()).as(status.message()).isEmpty());
  }

  @Test
  void givenTheGuide_whenRead_thenItNamesEveryFeature() throws IOException {
    assertThat(Files.readString(DOCS.resolve("routing.md"))).contains(Features.names());
  }

  @Test
  void givenTheSchemas_whenPublished_thenTheyAreTheOnesThatRowsAreValidatedWith()
      throws IOException {
    for (String name : List.of("common", "model", "feature", "scope", "prompt", "settings")) {
      try (InputStream used = RowSchemas.class.getResourceAsStream("schema/" + name + ".json")) {
        assertThat(used).isNotNull();
        assertThat(used.readAllBytes())
            .isEqualTo(Files.readAllBytes(DOCS.resolve("schema/" + name + ".json")));
      }
    }
  }

  @Test
  void givenTheFamilies_whenTheSchemaListsThem_thenItListsAll() throws IOException {
    String schema = Files.readString(DOCS.resolve("schema/model.json"));

    assertThat(Arrays.stream(ModelFamily.values()).map(family -> '"' + family.wire() + '"'))
        .allSatisfy(family -> assertThat(schema).contains(family));
  }
}
