package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.audit.AuditException;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileTest {

  @TempDir private Path directory;

  private static JsonObject record(int number) {
    return JsonObject.builder().put("n", number).put("text", "a\nb\u2028").build();
  }

  @Test
  void givenRecords_whenAppended_thenOneLineEachForTheOwnerAlone() throws Exception {
    Path file = directory.resolve("audit.jsonl");
    try (AuditFile audit = new AuditFile(file)) {
      audit.append(record(1));
      audit.append(record(2));
    }
    try (AuditFile again = new AuditFile(file)) {
      again.append(record(3));
    }
    assertThat(Files.readAllLines(file)).hasSize(3).last().isEqualTo(Json.asciiLine(record(3)));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void givenManyThreads_whenTheyAppend_thenEachLineIsWhole() throws Exception {
    Path file = directory.resolve("audit.jsonl");
    try (AuditFile audit = new AuditFile(file)) {
      IntStream.range(0, 200).parallel().forEach(i -> append(audit, i));
    }
    assertThat(Files.readAllLines(file)).hasSize(200).allMatch(line -> line.endsWith("}"));
  }

  @Test
  void givenFileMovedAway_whenAppended_thenBegunAnew() throws Exception {
    Path file = directory.resolve("audit.jsonl");
    try (AuditFile audit = new AuditFile(file)) {
      audit.append(record(1));
      Files.move(file, directory.resolve("audit.1"));
      audit.append(record(2));
    }
    assertThat(Files.readAllLines(file)).hasSize(1);
  }

  @Test
  void givenDirectoryRemoved_whenAppended_thenAuditExceptionUntilItIsBack() throws Exception {
    Path inner = Files.createDirectory(directory.resolve("data"));
    Path file = inner.resolve("audit.jsonl");
    try (AuditFile audit = new AuditFile(file)) {
      audit.append(record(1));
      Files.delete(file);
      Files.delete(inner);
      assertThatThrownBy(() -> audit.append(record(2)))
          .isInstanceOf(AuditException.class)
          .hasMessageContaining(file.toString());
      Files.createDirectory(inner);
      audit.append(record(3));
    }
    assertThat(Files.readAllLines(file)).hasSize(1);
  }

  @Test
  void givenFullDisk_whenAppended_thenAuditException() throws IOException {
    Path full = Path.of("/dev/full");
    if (!Files.exists(full)) {
      return; // Linux only
    }
    try (AuditFile audit = new AuditFile(full)) {
      assertThatThrownBy(() -> audit.append(record(1))).isInstanceOf(AuditException.class);
      assertThatThrownBy(() -> audit.append(record(1))).isInstanceOf(AuditException.class);
    }
  }

  private static void append(AuditFile audit, int number) {
    try {
      audit.append(record(number));
    } catch (AuditException e) {
      throw new AssertionError(e);
    }
  }
}
