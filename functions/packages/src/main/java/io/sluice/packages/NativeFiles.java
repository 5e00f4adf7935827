package io.sluice.packages;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * The native files of a zip, those in its jars included.
 *
 * @param files by name; in a jar: its name, an exclamation mark, the name in it
 */
record NativeFiles(Map<String, ElfFile> files) {

  /** The parts of glibc, which every AL2023 image has; nothing else is relied on. */
  private static final Set<String> SYSTEM =
      Set.of(
          "libc.so.6",
          "libm.so.6",
          "libdl.so.2",
          "libpthread.so.0",
          "librt.so.1",
          "ld-linux-x86-64.so.2",
          "ld-linux-aarch64.so.1");

  /** AL2023's (aws-facts K14: provided.al2023 has glibc 2.34). */
  private static final int NEWEST_GLIBC = 34;

  private static final String GLIBC = "GLIBC_2.";

  static NativeFiles of(PackedZip packed) throws IOException {
    Map<String, ElfFile> files = new TreeMap<>();
    try (ZipFile zip = new ZipFile(packed.file().toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        try (InputStream in = zip.getInputStream(entry)) {
          add(entry.getName(), in.readAllBytes(), files);
        }
      }
    }
    return new NativeFiles(Map.copyOf(files));
  }

  private static void add(String name, byte[] bytes, Map<String, ElfFile> files)
      throws IOException {
    if (ElfFile.is(bytes)) {
      files.put(name, ElfFile.read(bytes));
    } else if (name.endsWith(".jar")) {
      try (ZipInputStream jar = new ZipInputStream(new ByteArrayInputStream(bytes))) {
        for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
          add(name + "!" + entry.getName(), jar.readAllBytes(), files);
        }
      }
    }
  }

  /** What AL2023 lacks of what they want; empty when all is there. */
  List<String> faults() {
    Set<String> own = new HashSet<>();
    files.keySet().forEach(name -> own.add(name.substring(name.lastIndexOf('/') + 1)));
    List<String> faults = new ArrayList<>();
    new TreeMap<>(files)
        .forEach(
            (name, file) -> {
              for (String library : file.needed()) {
                if (!SYSTEM.contains(library) && !own.contains(library)) {
                  faults.add(name + " needs " + library + ", which AL2023's image may lack");
                }
              }
              for (String version : file.versions()) {
                if (version.startsWith(GLIBC) && minor(version) > NEWEST_GLIBC) {
                  faults.add(name + " needs " + version + "; AL2023 has glibc 2." + NEWEST_GLIBC);
                }
              }
            });
    return List.copyOf(faults);
  }

  private static int minor(String version) {
    String[] numbers = version.substring(GLIBC.length()).split("\\.", 2);
    return Integer.parseInt(numbers[0]);
  }
}
