package io.sluice.docsindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.docs.IndexFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexBuildTest {

  @TempDir private Path folder;

  @Test
  void givenAnIndexThatIsTooLarge_whenWritten_thenItSaysWhatToLeaveOut() {
    byte[] large = new byte[Math.toIntExact(IndexFormat.MOST_BYTES) + 1];
    IndexBuild build = new IndexBuild("18.9.0", large, 1, 1, 0, List.of(), new TreeSet<>());
    Path file = folder.resolve("index.zip");

    assertThatThrownBy(() -> build.write(file))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("at most 60.0 MB")
        .hasMessageContaining("--exclude");
    assertThat(Files.exists(file)).isFalse();
  }

  @Test
  void givenPagesWithoutText_whenBuilt_thenItSaysSo() throws IOException, BuildException {
    Files.writeString(folder.resolve("empty.md"), "# Only a title\n");
    DocsFolder docs = DocsFolder.of(folder, List.of());
    Passages passages = new Passages("https://docs.gitlab.com", LinkForm.PAGE);

    assertThatThrownBy(() -> IndexBuild.of(docs, "18.9.0", passages))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("--docs: no page of")
        .hasMessageContaining("says anything");
  }

  @Test
  void givenPathsThatClimbAndLinks_whenRead_thenNothingOutsideIsSeen()
      throws IOException, BuildException {
    Path docs = Files.createDirectory(folder.resolve("doc"));
    Files.writeString(folder.resolve("secret.md"), "secret\n");
    Files.createSymbolicLink(docs.resolve("link.md"), folder.resolve("secret.md"));
    Files.writeString(
        docs.resolve("a.md"),
        "# A\n{{< include file=\"../secret.md\" >}}\n{{< include file=\"link.md\" >}}\n");
    DocsFolder read = DocsFolder.of(folder, List.of());

    List<DocsPage> pages = read.pages();

    assertThat(pages.toString()).doesNotContain("secret");
    assertThat(read.missing()).containsExactly("../secret.md", "link.md");
  }
}
