package io.sluice.prompts;

/** A prompt that can't be read: a file of ours, found by the tests, or an administrator's row. */
public final class MalformedPromptException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String problem;

  MalformedPromptException(String file, String problem) {
    super("prompt " + file + ": " + problem);
    this.problem = problem;
  }

  /** What is wrong, without the file's name. */
  String problem() {
    return problem;
  }
}
