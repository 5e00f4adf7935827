package io.sluice.docsindex;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.docs.DocsIndex;
import io.sluice.docs.Passage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocsIndexCommandTest {

  private static final String SAMPLE = "../../events/docs";

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return DocsIndexCommand.run(arguments, new PrintWriter(out), new PrintWriter(err));
  }

  private Path zip() {
    return folder.resolve("index.zip");
  }

  @Test
  void givenACheckout_whenBuilt_thenItSaysWhatIsInTheIndexAndWhatIsNot() {
    int code = run("--docs", SAMPLE, "--version", "18.9.0", "--out", zip().toString());

    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(out.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).matches("GitLab 18\\.9\\.0: 10 pages, \\d+ passages"),
            line -> assertThat(line).isEqualTo("left out: 1 page leading elsewhere"),
            line ->
                assertThat(line)
                    .isEqualTo("left out: 1 page without text: /administration/empty.md"),
            line ->
                assertThat(line)
                    .isEqualTo("included by pages, but not there: includes/not_there.md"),
            line -> assertThat(line).matches("index 18\\.9\\.0/[0-9a-f]{12}"),
            line ->
                assertThat(line)
                    .matches(
                        ".*index\\.zip: 0\\.0 MB \\(at most 60\\.0 MB\\), SHA-256 [0-9a-f]{64}"));
  }

  @Test
  void givenNewProcesses_whenBuiltTwice_thenTheFilesAreTheSame() throws Exception {
    Path again = folder.resolve("again.zip");
    for (Path file : List.of(zip(), again)) {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
      command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
      command.add(System.getProperty("java.class.path"));
      command.addAll(List.of(DocsIndexMain.class.getName(), "--docs", SAMPLE));
      command.addAll(List.of("--version", "18.9.0", "--out", file.toString()));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
    }

    assertThat(again).hasSameBinaryContentAs(zip());
  }

  @Test
  void givenOptions_whenBuilt_thenLinksAndFoldersFollowThem() throws IOException {
    int code =
        run(
            "--docs",
            SAMPLE + "/doc",
            "--version",
            "18.9",
            "--out",
            zip().toString(),
            "--link-base",
            "https://gitlab.corp.example/help/",
            "--link-form",
            "file",
            "--exclude",
            "development",
            "--exclude",
            "ci/yaml");

    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    try (DocsIndex index = DocsIndex.open(zip())) {
      assertThat(index.name()).startsWith("18.9/");
      assertThat(index.search("mask a variable", 1).passages())
          .extracting(Passage::url)
          .containsExactly("https://gitlab.corp.example/help/ci/variables/_index.md");
      assertThat(index.search("fork developers notes rules", 20).passages())
          .extracting(Passage::filename)
          .noneMatch(name -> name.startsWith("/development") || name.startsWith("/ci/yaml"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--docs none --version 18.9.0                                | --docs: there is no folder"
            + " none",
        "--docs src/main/java --version 18.9.0                       | --docs: there is no"
            + " Markdown",
        "--docs SAMPLE --version newest                              | --version: give GitLab's"
            + " version",
        "--docs SAMPLE --version 18.9.0 --exclude nothing            | --exclude: there is no"
            + " folder",
        "--docs SAMPLE --version 18.9.0 --link-base docs.example     | --link-base: give a URL",
        "--docs SAMPLE --version 18.9.0 --link-base http://[          | --link-base: is no URL",
        "--docs SAMPLE --version 18.9.0 --link-form book             | --link-form",
        "--docs SAMPLE --version 18.9.0 --out none/none/index.zip    | --out: there is no folder"
      })
  void givenAWrongOption_whenRun_thenItNamesIt(String arguments, String message) {
    List<String> all = new ArrayList<>(List.of(arguments.replace("SAMPLE", SAMPLE).split(" ")));
    if (!all.contains("--out")) {
      all.addAll(List.of("--out", zip().toString()));
    }

    assertThat(run(all.toArray(String[]::new))).isEqualTo(2);

    assertThat(err.toString()).contains(message);
    assertThat(Files.exists(zip())).isFalse();
  }

  @Test
  void givenAFileThatCantBeWritten_whenRun_thenItFails() {
    assertThat(run("--docs", SAMPLE, "--version", "18.9.0", "--out", folder.toString()))
        .isEqualTo(1);
    assertThat(err.toString()).contains(folder.toString());
  }

  @Test
  void givenHelp_whenAsked_thenEveryOptionIsThere() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains("--docs", "--version", "--out", "--link-base", "--link-form", "--exclude");
  }
}
