package io.sluice.router;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.log.JsonLines;
import io.sluice.docs.Documentation;
import io.sluice.docsindex.DocsIndexMain;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentationSettingsTest {

  @TempDir private Path folder;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  private Documentation documentation(String index) {
    return DocumentationSettings.of(
        Map.of("SLUICE_DOCS_INDEX", index), new JsonLines(log, Clock.systemUTC()));
  }

  /** The index of the golden documentation. */
  static InputStream index() throws IOException {
    Path zip = Files.createTempFile("docs-index", ".zip");
    try {
      StringWriter said = new StringWriter();
      PrintWriter output = new PrintWriter(said);
      String[] arguments = {
        "--docs", "../../events/docs", "--version", "18.9.0", "--out", zip.toString()
      };
      assertThat(DocsIndexMain.run(arguments, output, output)).as(said.toString()).isZero();
      return new ByteArrayInputStream(Files.readAllBytes(zip));
    } finally {
      Files.delete(zip);
    }
  }

  @Test
  void givenNoIndex_whenSearched_thenNothingIsFound() throws IOException {
    assertThat(documentation(" ")).isSameAs(Documentation.NONE);
    assertThat(DocumentationSettings.of(Map.of(), new JsonLines(log, Clock.systemUTC())))
        .isSameAs(Documentation.NONE);
  }

  @Test
  void givenAnIndex_whenMadeKnown_thenItIsOpenedByTheFirstSearchAlone() throws IOException {
    Path zip = folder.resolve("index.zip");
    try (InputStream index = index()) {
      Files.copy(index, zip);
    }
    Documentation documentation = documentation(zip.toString());
    assertThat(log.size()).isZero();

    assertThat(documentation.search("fork", 4).passages()).isNotEmpty();
    assertThat(documentation.search("fork", 4).passages()).isNotEmpty();

    assertThat(log.toString(UTF_8).lines()).hasSize(1);
  }

  @Test
  void givenAFolderWithoutIndex_whenSearched_thenLogAndErrorNameTheVariable() {
    Documentation documentation = documentation(folder.toString());

    assertThatThrownBy(() -> documentation.search("fork", 4))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("SLUICE_DOCS_INDEX")
        .hasMessageContaining("it holds no index of scripts/docs-index");
    assertThat(log.toString(UTF_8)).contains("\"level\":\"error\"", "SLUICE_DOCS_INDEX");
  }
}
