package io.sluice.packages;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes zips whose bytes depend on the files' names, contents and x bits alone (APPNOTE 6.3.10):
 * in the names' order, one time for all, no extra fields, no folders. Files are mode 644 or 755;
 * what a symbolic link points to is stored as a file. Entries are held in memory while they are
 * packed.
 */
final class ReproducibleZip {

  /** The time of every file, in UTC: a zip's times have no zone. */
  static final LocalDateTime TIME = LocalDateTime.of(2026, 11, 1, 0, 0);

  private static final int LOCAL_HEADER = 0x04034b50;
  private static final int CENTRAL_HEADER = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int VERSION = 20;
  private static final int UNIX = 3 << 8;
  private static final int UTF_8_NAMES = 0x0800;
  private static final int DEFLATED = 8;
  private static final int REGULAR_FILE = 0100000;

  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private int count;
  private long offset;

  private ReproducibleZip() {}

  /** Packs every file below the folder, replacing the zip at once when it is whole. */
  static void pack(Path folder, Path zip) throws IOException {
    Path next = zip.resolveSibling(zip.getFileName() + ".next");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(next))) {
      new ReproducibleZip().write(folder, out);
    }
    Files.move(next, zip, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Gives every file below the folder the time that it will have once it is unpacked. */
  static void setTimes(Path folder) throws IOException {
    for (Path file : files(folder)) {
      Files.setLastModifiedTime(file, FileTime.from(TIME.toInstant(ZoneOffset.UTC)));
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .sorted((a, b) -> name(folder, a).compareTo(name(folder, b)))
          .toList();
    }
  }

  private static String name(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  private void write(Path folder, OutputStream out) throws IOException {
    for (Path file : files(folder)) {
      entry(name(folder, file), Files.readAllBytes(file), Files.isExecutable(file), out);
    }
    LittleEndian end = new LittleEndian().ints(END).shorts(0, 0, count, count);
    end.ints(directory.size(), Math.toIntExact(offset)).shorts(0);
    directory.writeTo(out);
    out.write(end.toByteArray());
  }

  private void entry(String file, byte[] content, boolean executable, OutputStream out)
      throws IOException {
    byte[] name = file.getBytes(StandardCharsets.UTF_8);
    byte[] packed = deflate(content);
    byte[] common = common(name, content, packed);
    int mode = REGULAR_FILE | (executable ? 0755 : 0644);
    byte[] local = new LittleEndian().ints(LOCAL_HEADER).bytes(common).bytes(name).toByteArray();
    out.write(local);
    out.write(packed);
    LittleEndian central = new LittleEndian().ints(CENTRAL_HEADER).shorts(UNIX | VERSION);
    central.bytes(common).shorts(0, 0, 0); // no comment, the first disk, no internal attributes
    central.ints(mode << 16, Math.toIntExact(offset)).bytes(name);
    directory.writeBytes(central.toByteArray());
    offset += local.length + packed.length;
    count++;
  }

  /** What an entry's two headers have in common: all between the version and the name. */
  private static byte[] common(byte[] name, byte[] content, byte[] packed) {
    CRC32 crc = new CRC32();
    crc.update(content);
    int date = (TIME.getYear() - 1980) << 9 | TIME.getMonthValue() << 5 | TIME.getDayOfMonth();
    int time = TIME.getHour() << 11 | TIME.getMinute() << 5 | TIME.getSecond() / 2;
    return new LittleEndian()
        .shorts(VERSION, UTF_8_NAMES, DEFLATED, time, date)
        .ints((int) crc.getValue(), packed.length, content.length)
        .shorts(name.length, 0)
        .toByteArray();
  }

  private static byte[] deflate(byte[] content) throws IOException {
    // zlib's default level: the best one takes three to six times as long for one percent of size
    Deflater deflater = new Deflater(6, true);
    try {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (OutputStream out = new DeflaterOutputStream(packed, deflater)) {
        out.write(content);
      }
      return packed.toByteArray();
    } finally {
      deflater.end();
    }
  }
}
