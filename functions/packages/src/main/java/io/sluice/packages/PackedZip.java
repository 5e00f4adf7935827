package io.sluice.packages;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A zip as it is uploaded.
 *
 * @param file the zip
 */
record PackedZip(Path file) {

  /** The SHA-256 of every file in it, by name. */
  Fingerprint contents() throws IOException {
    SortedMap<String, String> hashes = new TreeMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        try (InputStream in = zip.getInputStream(entry)) {
          hashes.put(entry.getName(), Sha256.of(in.readAllBytes()));
        }
      }
    }
    return new Fingerprint(hashes);
  }

  /** How many bytes it takes once it is unpacked. */
  long unpackedBytes() throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.stream().mapToLong(ZipEntry::getSize).sum();
    }
  }

  long bytes() throws IOException {
    return Files.size(file);
  }

  /** Unpacks it; modes are not kept. */
  void unpack(Path folder) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        Path to = folder.resolve(entry.getName());
        Files.createDirectories(to.getParent());
        try (InputStream in = zip.getInputStream(entry)) {
          Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }
}
