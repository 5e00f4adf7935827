package io.sluice.config.store;

import io.sluice.config.row.RowBatch;
import io.sluice.config.row.RowBatch.Unreadable;
import io.sluice.config.row.RowSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Rows in a YAML file. Thread-safe.
 *
 * @param path the file
 */
public record RowFile(Path path) implements RowSource {

  @Override
  public RowBatch read() throws IOException {
    return rows(bytes());
  }

  /** The file's content, up to a bound. */
  byte[] bytes() throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(YamlRows.MAX_CHARACTERS + 1);
    }
  }

  static RowBatch rows(byte[] content) {
    try {
      return YamlRows.parse(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
    } catch (CharacterCodingException e) {
      return new RowBatch(List.of(), List.of(new Unreadable("file", "is not UTF-8")));
    }
  }
}
