package io.sluice.stack.template;

import java.util.ArrayList;
import java.util.List;

/** The blocks that {@code Fn::Cidr} cuts from one of IPv4. */
final class CidrBlocks {

  private CidrBlocks() {}

  static List<String> of(String block, int count, int bits) {
    String[] parts = block.split("/", 2);
    long start = 0;
    for (String octet : parts[0].split("\\.", 4)) {
      start = start * 256 + Integer.parseInt(octet);
    }
    List<String> blocks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long at = start + ((long) i << bits);
      blocks.add(
          (at >> 24)
              + "."
              + (at >> 16 & 255)
              + "."
              + (at >> 8 & 255)
              + "."
              + (at & 255)
              + "/"
              + (32 - bits));
    }
    return blocks;
  }
}
