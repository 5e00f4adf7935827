package io.sluice.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The directory of audit records and keys: the owner's alone where we make it. */
final class DataDirectory {

  private DataDirectory() {}

  /** The directory, made where it is missing. */
  static Path prepare(Path directory) throws StartupException {
    try {
      if (!Files.isDirectory(directory)) {
        Path parent = directory.getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Files.createDirectory(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    } catch (IOException e) {
      throw new StartupException(
          "--data-dir", "%s can't be made: %s".formatted(directory, reason(e)));
    }
    if (!Files.isWritable(directory)) {
      throw new StartupException("--data-dir", directory + " is not writable");
    }
    return directory;
  }

  /** An exception's message, which for files is often only their name. */
  static String reason(IOException e) {
    return e.getClass().getSimpleName().replace("Exception", "") + " " + e.getMessage();
  }
}
