package io.sluice.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocsIndexTest {

  private static final TestIndex PAGES =
      new TestIndex()
          .page("/fork.md", "Forks", "Create a fork", "To fork a project, select the button.")
          .page("/approve.md", "Approvals", "", "Approvals are needed before changes are merged.")
          .page("/token.md", "Job tokens", "", "`CI_JOB_TOKEN` is set by `.gitlab-ci.yml` jobs.")
          .page(
              "/rules.md", "Keywords", "`rules:if`", "A rule of approval, and the approval rules.")
          .page(
              "/runner.md", "Runners", "", "A runner takes jobs. The runner's host may be yours.");

  @TempDir private Path folder;

  private List<String> found(String query) throws IOException {
    try (DocsIndex index = DocsIndex.open(PAGES.folder(folder))) {
      return index.search(query, 4).passages().stream().map(Passage::filename).toList();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "How do I fork a project?        | /fork.md",
        "forking                         | /fork.md",
        "FORKED PROJECTS                 | /fork.md",
        "merging                         | /approve.md",
        "CI_JOB_TOKEN                    | /token.md",
        "gitlab-ci.yml                   | /token.md",
        "rules:if                        | /rules.md",
        "the host of a runner            | /runner.md",
        "\u201capproval rules\u201d      | /rules.md",
        "\"approval rules\" merged       | /rules.md",
        "\"How do I fork my project?\"   | /fork.md",
        "fork AND NOT merge              | /fork.md",
        "text:fork^2 OR (                | /fork.md",
        "fork\"                          | /fork.md"
      })
  void givenAQuery_whenSearched_thenTheRightPageIsFirst(String query, String page)
      throws IOException {
    assertThat(found(query)).first().isEqualTo(page);
  }

  @Test
  void givenAQuotedTerm_whenSearched_thenPagesWithoutItAreNotFound() throws IOException {
    assertThat(found("\"approval rules\"")).containsExactly("/rules.md");
    assertThat(found("approval rules")).contains("/approve.md", "/rules.md");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "AND",
        "OR",
        "???",
        "\"\"",
        "\"",
        "*",
        "how do I",
        "ork",
        "\ud83d\ude00"
      })
  void givenAQueryWithoutAWordThatIsThere_whenSearched_thenNothingIsFound(String query)
      throws IOException {
    assertThat(found(query)).isEmpty();
  }

  @Test
  void givenAQueryOfTheGreatestLength_whenSearched_thenItsStartCounts() throws IOException {
    assertThat(found("fork " + "x y \"z ".repeat(50_000))).containsExactly("/fork.md");
  }

  @Test
  void givenManyPassagesOfAPage_whenSearched_thenOthersHaveRoom() throws IOException {
    TestIndex index = new TestIndex().page("/b.md", "Other", "", "Something of runners, too.");
    for (int i = 0; i < 9; i++) {
      index.page("/a.md", "Runners", "Runner " + i, "A runner.");
    }
    try (DocsIndex open = DocsIndex.open(index.folder(folder))) {
      List<Passage> passages = open.search("runner", 4).passages();
      assertThat(passages).extracting(Passage::filename).containsExactly("/a.md", "/a.md", "/b.md");
      assertThat(open.search("runner", 1).passages()).hasSize(1);
    }
  }

  @Test
  void givenLongPassages_whenAllAreAskedFor_thenTheAnswerStaysBounded() throws IOException {
    TestIndex index = new TestIndex();
    for (int i = 0; i < 20; i++) {
      index.page("/" + i + ".md", "Page " + i, "", "runner ".repeat(Passage.LONGEST / 7));
    }
    try (DocsIndex open = DocsIndex.open(index.folder(folder))) {
      List<Passage> passages = open.search("runner", 20).passages();
      assertThat(passages).hasSizeGreaterThan(10);
      assertThat(passages.stream().mapToInt(passage -> passage.content().length()).sum())
          .isLessThanOrEqualTo(DocsIndex.MOST_CHARACTERS);
    }
  }

  @Test
  void givenAPassage_whenFound_thenItIsWhole() throws IOException {
    try (DocsIndex index = DocsIndex.open(PAGES.folder(folder))) {
      Findings findings = index.search("fork", 4);
      assertThat(findings.index()).isEqualTo("18.9.0/0123456789ab");
      assertThat(index.name()).isEqualTo(findings.index());
      assertThat(index.size()).isEqualTo(5);
      assertThat(findings.passages())
          .containsExactly(
              new Passage(
                  "a",
                  "/fork.md",
                  "Forks",
                  "https://docs.example/fork.md",
                  List.of("Create a fork"),
                  "To fork a project, select the button."));
      assertThat(findings.passages().getFirst().content())
          .isEqualTo("Forks > Create a fork\n\nTo fork a project, select the button.");
    }
  }

  @Test
  void givenAZip_whenOpened_thenItIsTheSameIndex() throws IOException {
    Path zip =
        Files.write(
            folder.resolve("index.zip"), PAGES.zip(Files.createDirectory(folder.resolve("x"))));
    try (DocsIndex index = DocsIndex.open(zip)) {
      assertThat(index.search("fork", 4).passages()).hasSize(1);
    }
    try (InputStream bytes = Files.newInputStream(zip);
        DocsIndex index = DocsIndex.open(bytes)) {
      assertThat(index.size()).isEqualTo(5);
    }
  }

  @Test
  void givenAnotherFormat_whenOpened_thenItSaysToBuildAgain() throws IOException {
    Path index = new TestIndex().describedBy(Map.of("format", "0")).folder(folder);

    assertThatThrownBy(() -> DocsIndex.open(index))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("scripts/docs-index");
  }

  @Test
  void givenNoIndex_whenOpened_thenItSaysSo() {
    assertThatThrownBy(() -> DocsIndex.open(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no index");
    assertThatThrownBy(() -> DocsIndex.open(new ByteArrayInputStream(new byte[100])))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no index");
    assertThatThrownBy(() -> DocsIndex.open(folder.resolve("none.zip")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void givenAZipThatUnpacksToMore_whenOpened_thenItIsRefused() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("docs/_0.cfs"));
      byte[] megabyte = new byte[1024 * 1024];
      for (int i = 0; i <= 60; i++) {
        zip.write(megabyte);
      }
    }
    assertThatThrownBy(() -> DocsIndex.open(new ByteArrayInputStream(bytes.toByteArray())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("larger than 62914560 bytes");
  }
}
