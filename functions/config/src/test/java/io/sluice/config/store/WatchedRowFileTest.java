package io.sluice.config.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.LogLines;
import io.sluice.config.Tables;
import io.sluice.config.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedRowFileTest {

  private static final String CHAT =
      "{kind: feature, name: duo_chat, sampling: {temperature: 1}}\n";

  @TempDir private Path folder;
  private final LogLines log = new LogLines();

  @Test
  void givenAFile_whenOpened_thenItsValidRowsAreLiveAndTheLogNamesTheOthers() throws IOException {
    WatchedRowFile file = open(CHAT + "---\n{kind: feature, name: duo, enabled: true}\n");

    assertThat(snapshot(file).rows().features()).containsOnlyKeys("duo_chat");
    assertThat(log.drain())
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("WARNING a row is not live as written")
                    .contains("feature/duo")
                    .contains("is no feature"))
        .anySatisfy(line -> assertThat(line).startsWith("INFO the routing table is live"));
  }

  @Test
  void givenNoFile_whenOpened_thenItFails() {
    assertThatThrownBy(() -> WatchedRowFile.open(folder.resolve("none"), judge(), log))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void givenAChange_whenLookedAt_thenItGoesLiveAndTheMendedRowIsLogged() throws IOException {
    WatchedRowFile file = open("{kind: feature, name: duo_chat, sampling: {temperature: hot}}");
    log.drain();

    replace(CHAT);
    file.look();

    assertThat(snapshot(file).rows().features()).containsOnlyKeys("duo_chat");
    assertThat(log.drain())
        .singleElement()
        .asString()
        .contains("\"mended\":[\"feature/duo_chat\"]");
  }

  @Test
  void givenAFileThatBreaks_whenLookedAt_thenTheLastGoodRowsStayAndTheLineIsLoggedOnce()
      throws IOException {
    WatchedRowFile file = open(CHAT);
    log.drain();

    replace("# a comment\nkind: feature\nname: [duo_chat\n");
    file.look();
    file.look();

    assertThat(snapshot(file).rows().features()).containsOnlyKeys("duo_chat");
    assertThat(log.drain()).singleElement().asString().contains("\"place\":\"line ");
  }

  @Test
  void givenAFileThatIsNotUtf8OrTooLong_whenLookedAt_thenTheLastGoodRowsStay() throws IOException {
    WatchedRowFile file = open(CHAT);

    Files.write(path(), new byte[] {(byte) 0xff, (byte) 0xfe});
    file.look();
    assertThat(snapshot(file).rows().features()).containsOnlyKeys("duo_chat");
    Files.writeString(path(), "#".repeat(YamlRows.MAX_CHARACTERS + 1));
    file.look();
    assertThat(snapshot(file).rows().features()).containsOnlyKeys("duo_chat");
    assertThat(log.drain())
        .anySatisfy(line -> assertThat(line).contains("is not UTF-8"))
        .anySatisfy(line -> assertThat(line).contains("is longer than 5 MiB"));
  }

  @Test
  void givenAFileThatIsGone_whenItReturns_thenItIsReadAgain() throws IOException {
    WatchedRowFile file = open(CHAT);
    log.drain();

    Files.delete(path());
    file.look();
    file.look();
    assertThat(log.drain()).singleElement().asString().contains("cannot be read");
    assertThat(snapshot(file).rows().features()).containsOnlyKeys("duo_chat");

    replace("{kind: feature, name: code_generations, enabled: false}");
    file.look();
    assertThat(snapshot(file).rows().features()).containsOnlyKeys("code_generations");
  }

  @Test
  void givenAWatchedFile_whenClosed_thenItsLastRowsStillAnswer() throws IOException {
    try (WatchedRowFile file = open(CHAT).watch()) {
      assertThat(snapshot(file).number()).isEqualTo(1);
    }
  }

  private WatchedRowFile open(String yaml) throws IOException {
    Files.writeString(path(), yaml);
    return WatchedRowFile.open(path(), judge(), log);
  }

  /** Replaces the file as editors do: by a rename. */
  private void replace(String yaml) throws IOException {
    Path other = folder.resolve("rows.yaml.swp");
    Files.writeString(other, yaml);
    Files.move(other, path(), StandardCopyOption.REPLACE_EXISTING);
  }

  private Path path() {
    return folder.resolve("rows.yaml");
  }

  private static io.sluice.config.judge.Judge judge() {
    return Tables.judge(Tables.deployment(null));
  }

  private static Snapshot snapshot(WatchedRowFile file) {
    return file.current().orElseThrow().snapshot();
  }
}
