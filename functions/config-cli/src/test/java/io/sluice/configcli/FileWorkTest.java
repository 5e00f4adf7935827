package io.sluice.configcli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An administrator's work on a YAML file. */
class FileWorkTest {

  private static final String ROWS =
      """
      # our models
      kind: model
      name: m
      provider: openai
      family: mistral
      model: mistral-small
      endpoint: https://llm.corp.example/v1
      ---
      kind: feature
      name: duo_chat
      targets: [{model: m}]
      """;

  @TempDir private Path directory;
  private final Terminal terminal = new Terminal();

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  @Test
  void givenValidRows_whenValidated_thenItSaysSo() throws IOException {
    assertThat(terminal.run("validate", "--file", file("rows.yaml", ROWS))).isZero();
    assertThat(terminal.out).contains("2 rows, all valid").contains("Endpoints were not compared");
    terminal.environment.put("SLUICE_ALLOW_ENDPOINTS", "https://llm.corp.example");
    terminal.run("validate", "--file", file("rows.yaml", ROWS));
    assertThat(terminal.out).doesNotContain("Endpoints were not");
  }

  @Test
  void givenMistakes_whenValidated_thenEachIsNamedAndNoKeyIsRepeated() throws IOException {
    String rows =
        ROWS
            + """
            fallbacks: [nobody]
            ---
            {kind: model, name: k, provider: openai, family: gpt, model: x, secret: sk-abcdef1234567890abcd}
            ---
            {kind: feature
            """;
    assertThat(terminal.run("validate", "--file", file("rows.yaml", rows))).isEqualTo(1);
    assertThat(terminal.out)
        .contains("feature/duo_chat is not live: fallbacks[0]: there is no live model row 'nobody'")
        .contains("model/k is not live: secret: holds what looks like a key")
        .contains("line 17 is not acceptable YAML: a bracket, a comma or a quote is missing")
        .doesNotContain("sk-abcdef");
    assertThat(
            terminal.run(
                "validate",
                "--file",
                file("rows.yaml", ROWS),
                "--allow-endpoint",
                "https://other.example"))
        .isEqualTo(1);
    assertThat(terminal.out).contains("add it to the parameter AllowedModelEndpoints");
  }

  @Test
  void givenPromptRows_whenValidatedAndApplied_thenTheyAreJudgedAsOurOwnPrompts()
      throws IOException {
    String good =
        """
        kind: prompt
        name: generate_commit_message/mistral
        version: 1.1.0
        template: |
          {"temperature": 0.2}
          --- user
          <diff_{{tag}}>
          {{diff}}
          </diff_{{tag}}>
          Write the commit message in German.
        """;
    String rows = file("rows.yaml", ROWS);
    assertThat(terminal.run("apply", file("good.yaml", good), "--file", rows)).isZero();
    assertThat(terminal.run("validate", "--file", rows)).isZero();

    String bad = file("bad.yaml", good.replace("{{diff}}", "{{>/etc/passwd}}"));
    assertThat(terminal.run("validate", bad, "--file", rows)).isEqualTo(1);
    assertThat(terminal.out)
        .contains("prompt/generate_commit_message/mistral is not live: template: line 4: {{ must");
  }

  @Test
  void givenTheFence_whenValidated_thenItJudgesAsThePublisher() throws IOException {
    String rows =
        file(
            "rows.yaml",
            """
            {kind: model, name: p, provider: bedrock, family: claude_3, region: eu-central-1, model: eu.anthropic.x}
            ---
            {kind: model, name: a, provider: bedrock, family: claude_3, region: eu-central-1,
             model: 'arn:aws:bedrock:eu-central-1:999999999999:imported-model/a'}
            ---
            {kind: model, name: s, provider: sagemaker, family: mistral, region: eu-central-1, model: other}
            """);
    terminal.run("validate", "--file", rows);
    assertThat(terminal.out).contains("no backend").doesNotContain("the parameter");

    terminal.run(
        "validate",
        "--file",
        rows,
        "--permitted-region",
        "eu-central-1",
        "--account",
        "111122223333",
        "--sagemaker-prefix",
        "duo-");
    assertThat(terminal.out)
        .contains("model/p is not live: provider: no backend")
        .contains("model: it is a cross-Region profile")
        .contains("add eu to the parameter PermittedRegions")
        .contains("model: its ARN is of another account")
        .contains("the parameter SageMakerEndpointPrefix");

    terminal.environment.put("SLUICE_REGIONS", "eu-central-1,eu");
    terminal.environment.put("SLUICE_ACCOUNT", "999999999999");
    terminal.environment.put("SLUICE_SAGEMAKER_PREFIX", "oth");
    terminal.run("validate", "--file", rows);
    assertThat(terminal.out).contains("no backend").doesNotContain("the parameter");
  }

  @Test
  void givenAnEdit_whenDiffedAndApplied_thenOnlyThatRowChanges() throws IOException {
    String rows = file("rows.yaml", ROWS);
    String edit =
        file(
            "edit.yaml",
            "{kind: feature, name: duo_chat, targets: [{model: m}], sampling: {temperature: 0.1}}");
    assertThat(terminal.run("diff", edit, "--file", rows)).isZero();
    assertThat(terminal.out)
        .contains("~ feature/duo_chat\n    sampling: {\"temperature\":0.1}\n")
        .doesNotContain("model/m");
    assertThat(terminal.run("apply", edit, "--file", rows, "--dry-run")).isZero();
    assertThat(Path.of(rows)).hasContent(ROWS);

    assertThat(terminal.run("apply", edit, "--file", rows)).isZero();
    assertThat(Files.readString(Path.of(rows)))
        .startsWith("# our models\nkind: model")
        .contains("sampling: {temperature: 0.1}");
    assertThat(terminal.run("apply", edit, "--file", rows)).isZero();
    assertThat(terminal.out).contains("Nothing differs");

    assertThat(terminal.run("apply", edit, "--file", rows, "--prune")).isEqualTo(1);
    assertThat(terminal.err).contains("nothing was written");
    assertThat(terminal.out).contains("! feature/duo_chat");
  }

  @Test
  void givenAFeature_whenDisabledAndEnabled_thenTheFileSaysSoEvenIfTheRowIsBroken()
      throws IOException {
    String rows = file("rows.yaml", ROWS + "colour: red\n");
    assertThat(terminal.run("disable", "duo_chat", "--file", rows)).isZero();
    assertThat(Files.readString(Path.of(rows))).contains("colour: red").contains("enabled: false");
    assertThat(terminal.run("explain", "--feature", "duo_chat", "--file", rows)).isEqualTo(1);
    assertThat(terminal.out).contains("this feature is switched off by the row feature/duo_chat");
    assertThat(terminal.run("enable", "duo_chat", "--file", rows)).isZero();
    assertThat(terminal.run("disable", "--all", "--file", rows)).isZero();
    assertThat(Files.readString(Path.of(rows))).contains("kind: settings\nname: global\n");
    assertThat(terminal.run("disable", "no_feature", "--file", rows)).isEqualTo(2);
    assertThat(terminal.run("disable", "--file", rows)).isEqualTo(2);
  }

  @Test
  void givenRows_whenExported_thenTheyRoundTrip() throws IOException {
    String rows = file("rows.yaml", ROWS);
    assertThat(terminal.run("export", "--file", rows)).isZero();
    String backup = file("backup.yaml", terminal.out);
    assertThat(terminal.run("diff", backup, "--file", rows, "--prune")).isZero();
    assertThat(terminal.out).contains("Nothing differs");

    String broken =
        file("broken.yaml", ROWS + "---\n{kind: model, name: k, secret: sk-abcdef1234567890abcd}");
    assertThat(terminal.run("export", "--file", broken)).isEqualTo(1);
    assertThat(terminal.out).contains("# model/k is left out").doesNotContain("sk-abc");
  }

  @Test
  void givenAFile_whenSnapshotsAreAskedFor_thenItSaysWhatToUseInstead() throws IOException {
    String rows = file("rows.yaml", ROWS);
    for (String[] command :
        new String[][] {
          {"history"}, {"pin"}, {"unpin"}, {"rollback", "1"}, {"export", "--snapshot", "1"}
        }) {
      String[] all = java.util.Arrays.copyOf(command, command.length + 2);
      all[command.length] = "--file";
      all[command.length + 1] = rows;
      assertThat(terminal.run(all)).isEqualTo(2);
      assertThat(terminal.err).contains("a file has no snapshots").contains("git revert");
    }
    assertThat(terminal.run("status", "--file", rows)).isEqualTo(2);
  }

  @Test
  void givenACommandLineThatIsWrong_whenRun_thenItSaysWhatToGive() {
    assertThat(terminal.run()).isEqualTo(2);
    assertThat(terminal.run("--help")).isZero();
    assertThat(terminal.out).contains("validate").contains("explain").contains("Exit codes");
    assertThat(terminal.run("validate")).isEqualTo(2);
    assertThat(terminal.err).contains("which rows? Give --file ROWS, or --stack NAME");
    assertThat(terminal.run("validate", "--file", "a", "--stack", "b")).isEqualTo(2);
    assertThat(terminal.run("validate", "--routes-table", "a")).isEqualTo(2);
    assertThat(terminal.err).contains("--state-table");
    assertThat(terminal.run("apply", "/no/such/file", "--file", "a")).isEqualTo(2);
    assertThat(terminal.err).contains("there is no file /no/such/file");
    assertThat(terminal.run("apply", "x", "--file", "a", "--wait", "soon")).isEqualTo(2);
    assertThat(terminal.run("explain", "--feature", "x", "--file", "a")).isEqualTo(2);
  }
}
