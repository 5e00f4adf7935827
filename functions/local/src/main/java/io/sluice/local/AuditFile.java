package io.sluice.local;

import io.sluice.core.audit.AuditException;
import io.sluice.core.audit.AuditLog;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Audit records as JSON lines in a file. Each is one write at the file's end, and with the
 * operating system when {@link #append} returns: it survives the end of the process. A file that
 * was moved away is begun anew; one that can't be written is an error at once. Thread-safe.
 */
public final class AuditFile implements AuditLog, Closeable {

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path file;
  private FileOutputStream out;
  private @Nullable Object key;
  private boolean torn;

  /**
   * Opens the file, which is made where it is missing.
   *
   * @throws IOException if it can't be written
   */
  public AuditFile(Path file) throws IOException {
    this.file = file;
    this.out = open();
  }

  @Override
  public void append(JsonObject record) throws AuditException {
    byte[] line = (Json.asciiLine(record) + "\n").getBytes(StandardCharsets.US_ASCII);
    try {
      write(line);
    } catch (IOException e) {
      throw new AuditException("%s can't be written: %s".formatted(file, e.getMessage()), e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }

  /** A plain stream, not a channel: an interrupted thread must not close the file. */
  private synchronized void write(byte[] line) throws IOException {
    if (!isInPlace()) {
      out.close();
      out = open();
    }
    if (torn) {
      out.write('\n'); // ends what a full disk left of a line
      torn = false;
    }
    try {
      out.write(line);
    } catch (IOException e) {
      torn = true;
      throw e;
    }
  }

  private boolean isInPlace() {
    try {
      return Objects.equals(key, key());
    } catch (IOException e) {
      return false;
    }
  }

  private FileOutputStream open() throws IOException {
    if (Files.notExists(file)) {
      Files.createFile(file, OWNER_ONLY);
    }
    FileOutputStream opened = new FileOutputStream(file.toFile(), true);
    key = key();
    return opened;
  }

  private @Nullable Object key() throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }
}
