package io.sluice.packages;

/** What whoever waits for the packages wants to know. */
final class Progress {

  private Progress() {}

  static void say(String text) {
    System.out.println("packages: " + text);
  }
}
