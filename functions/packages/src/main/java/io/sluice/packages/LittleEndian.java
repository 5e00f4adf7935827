package io.sluice.packages;

import java.io.ByteArrayOutputStream;

/** Collects numbers with their lowest byte first, as zips have them. Not thread-safe. */
final class LittleEndian {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Adds two bytes of each value. */
  LittleEndian shorts(int... values) {
    for (int value : values) {
      bytes.write(value);
      bytes.write(value >> 8);
    }
    return this;
  }

  /** Adds four bytes of each value. */
  LittleEndian ints(int... values) {
    for (int value : values) {
      shorts(value, value >> 16);
    }
    return this;
  }

  LittleEndian bytes(byte[] more) {
    bytes.writeBytes(more);
    return this;
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
