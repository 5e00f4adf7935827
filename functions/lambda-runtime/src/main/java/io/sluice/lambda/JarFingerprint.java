package io.sluice.lambda;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Identifies the jars of a class path by names, order and content: by their central directories,
 * which hold a checksum of each entry. So it takes a fraction of a millisecond, and no file time
 * plays a part.
 */
final class JarFingerprint {

  private static final int END_SIZE = 22;
  private static final int END_SIGNATURE = 0x06054b50;

  private JarFingerprint() {}

  /**
   * The fingerprint of every entry of the class path but the jar that holds a fingerprint.
   *
   * @throws IOException if an entry can't be read
   */
  static String of(String classPath) throws IOException {
    CRC32 sum = new CRC32();
    int start = 0;
    while (start <= classPath.length()) {
      int end = classPath.indexOf(File.pathSeparatorChar, start);
      String jar = classPath.substring(start, end < 0 ? classPath.length() : end);
      if (!jar.equals(TrainedJarsWriter.JAR)) {
        sum.update(jar.getBytes(StandardCharsets.UTF_8));
        add(jar, sum);
      }
      start = end < 0 ? classPath.length() + 1 : end + 1;
    }
    return Long.toHexString(sum.getValue());
  }

  private static void add(String jar, CRC32 sum) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(jar, "r")) {
      byte[] end = new byte[END_SIZE];
      long length = file.length();
      long at = 0;
      long size = length;
      if (length >= END_SIZE) {
        file.seek(length - END_SIZE);
        file.readFully(end);
        if (number(end, 0) == END_SIGNATURE) {
          at = number(end, 16);
          size = length - at;
        } // else the file is no jar, or has a comment: the whole of it counts
      }
      byte[] bytes = new byte[Math.toIntExact(size)];
      file.seek(at);
      file.readFully(bytes);
      sum.update(bytes);
    }
  }

  /** Four bytes, the lowest first. */
  private static long number(byte[] bytes, int at) {
    return (bytes[at] & 0xffL)
        | (bytes[at + 1] & 0xffL) << 8
        | (bytes[at + 2] & 0xffL) << 16
        | (bytes[at + 3] & 0xffL) << 24;
  }
}
