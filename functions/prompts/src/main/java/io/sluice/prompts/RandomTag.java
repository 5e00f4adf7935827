package io.sluice.prompts;

import java.util.random.RandomGenerator;

/** Makes what the names of data tags end in. */
public final class RandomTag {

  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
  private static final int LENGTH = 5;

  private RandomTag() {}

  /** A tag that data written before now can't know. */
  public static String of(RandomGenerator random) {
    StringBuilder tag = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      tag.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return tag.toString();
  }
}
