package io.sluice.config.snapshot;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts an encoded snapshot into what fits into items of a table. Pure functions. */
public final class SnapshotParts {

  /** The most bytes that an item carries: well below the 400 KB of a DynamoDB item. */
  public static final int MAX_BYTES = 300 * 1024;

  private SnapshotParts() {}

  /** The parts in order; a single one travels inside the item {@code live}. */
  public static List<byte[]> split(byte[] encoded) {
    List<byte[]> parts = new ArrayList<>();
    for (int start = 0; start == 0 || start < encoded.length; start += MAX_BYTES) {
      parts.add(Arrays.copyOfRange(encoded, start, Math.min(encoded.length, start + MAX_BYTES)));
    }
    return parts;
  }

  /** The whole of parts in order. */
  public static byte[] join(List<byte[]> parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    parts.forEach(whole::writeBytes);
    return whole.toByteArray();
  }

  /**
   * The name of the item that holds a part of a snapshot: no other content ever has it, so that
   * publishers that race for a number never write into each other's parts.
   */
  public static String itemName(long number, byte[] encoded, int part) {
    return "snapshot/" + number + "/" + CanonicalRows.sha256(encoded).substring(0, 16) + "/" + part;
  }

  /** The name of the item that holds a prompt's template. */
  public static String templateItemName(String sha256) {
    return "prompt/" + sha256;
  }
}
