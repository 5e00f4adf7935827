package io.sluice.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The SHA-256 of named things, in the form that {@code sha256sum -c} reads. Immutable.
 *
 * @param hashes by name
 */
record Fingerprint(Map<String, String> hashes) {

  Fingerprint {
    hashes = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(hashes));
  }

  /** Reads what {@link #text()} wrote. */
  static Fingerprint read(String text) {
    SortedMap<String, String> hashes = new TreeMap<>();
    for (String line : text.lines().toList()) {
      String[] parts = line.split(" {2}", 2);
      if (parts.length != 2) {
        throw new PackageException("not a line of SHA-256 and name: " + line);
      }
      hashes.put(parts[1], parts[0]);
    }
    return new Fingerprint(hashes);
  }

  /** This and one more. */
  Fingerprint with(String name, String sha256) {
    SortedMap<String, String> all = new TreeMap<>(hashes);
    all.put(name, sha256);
    return new Fingerprint(all);
  }

  /** The same with that before every name. */
  Fingerprint under(String prefix) {
    SortedMap<String, String> all = new TreeMap<>();
    hashes.forEach((name, hash) -> all.put(prefix + name, hash));
    return new Fingerprint(all);
  }

  /** The fingerprint of every file below a folder, named relative to it. */
  static Fingerprint of(Path folder) throws IOException {
    SortedMap<String, String> hashes = new TreeMap<>();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        hashes.put(folder.relativize(file).toString(), Sha256.of(file));
      }
    }
    return new Fingerprint(hashes);
  }

  /** The names whose hashes differ, or that only one of the two has. */
  List<String> differences(Fingerprint other) {
    SortedMap<String, String> names = new TreeMap<>(hashes);
    names.putAll(other.hashes);
    List<String> different = new ArrayList<>();
    for (String name : names.keySet()) {
      String mine = hashes.getOrDefault(name, "");
      if (!mine.equals(other.hashes.getOrDefault(name, ""))) {
        different.add(name);
      }
    }
    return List.copyOf(different);
  }

  /** One line each, in the names' order. */
  String text() {
    StringBuilder text = new StringBuilder();
    hashes.forEach((name, hash) -> text.append(hash).append("  ").append(name).append('\n'));
    return text.toString();
  }
}
