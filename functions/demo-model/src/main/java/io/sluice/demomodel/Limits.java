package io.sluice.demomodel;

/** What the demo model takes, so that a small machine answers within seconds. */
final class Limits {

  /** The longest prompt: beyond the context, llama.cpp would cut it silently, and slowly. */
  static final int PROMPT_TOKENS = 1_500;

  /** The longest answer, and the longest when the caller names none. */
  static final int ANSWER_TOKENS = 768;

  static final int DEFAULT_ANSWER_TOKENS = 256;

  /** A prompt of more characters is too long without being counted. */
  static final int PROMPT_CHARACTERS = 60_000;

  /** Requests that wait for their turn; further ones are turned away. */
  static final int WAITING = 64;

  static final int BODY_BYTES = 1024 * 1024;

  private Limits() {}
}
