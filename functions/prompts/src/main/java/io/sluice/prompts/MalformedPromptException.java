package io.sluice.prompts;

/** A prompt file of ours that can't be read: a programming error, found by the tests. */
public final class MalformedPromptException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedPromptException(String file, String problem) {
    super("prompt " + file + ": " + problem);
  }
}
