package io.sluice.configcli;

import io.sluice.config.judge.Judge;
import io.sluice.config.publish.StateTable;
import io.sluice.config.row.RowBatch;
import io.sluice.config.row.RowDocument;
import io.sluice.config.row.RowKey;
import io.sluice.config.snapshot.Snapshot;
import io.sluice.config.store.RowFile;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * Rows in a YAML file, such as the local host watches. It has no publisher: what is valid is live.
 *
 * @param path the file; it is made when a row is first written
 * @param judge decides what would be live
 */
record FileStore(Path path, Judge judge) implements Store {

  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public RowBatch rows() throws IOException {
    try {
      return new RowFile(path).read();
    } catch (NoSuchFileException e) {
      return new RowBatch(List.of(), List.of());
    }
  }

  @Override
  public Snapshot newest() {
    return Snapshot.EMPTY;
  }

  @Override
  public Snapshot live() throws IOException {
    return judge.judge(Snapshot.EMPTY, rows()).snapshot();
  }

  @Override
  public Optional<StateTable> state() {
    return Optional.empty();
  }

  @Override
  public boolean put(RowDocument row) throws IOException {
    write(text().put(row));
    return true;
  }

  @Override
  public boolean delete(RowKey row) throws IOException {
    write(text().delete(row));
    return true;
  }

  @Override
  public void enable(RowKey key, boolean enabled) throws IOException {
    RowDocument row =
        rows().rows().stream()
            .filter(document -> document.key().equals(key))
            .findFirst()
            .orElseGet(
                () ->
                    new RowDocument(
                        key,
                        JsonObject.builder()
                            .put("kind", key.kind())
                            .put("name", key.name())
                            .build()));
    put(row.with("enabled", JsonValue.of(enabled)));
  }

  @Override
  public void close() {
    // Nothing is kept open.
  }

  private RowText text() throws IOException {
    try {
      return RowText.of(Files.readString(path));
    } catch (NoSuchFileException e) {
      return RowText.of("");
    }
  }

  /** Written beside and moved into place: the local host never reads half of a file. */
  private void write(RowText text) throws IOException {
    Path whole = path.toAbsolutePath();
    Path next = whole.resolveSibling(whole.getFileName() + ".next");
    Files.writeString(next, text.toString());
    Files.move(next, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
