package io.sluice.local;

/** Why the host can't start: one line for the person who started it, naming the flag to change. */
final class StartupException extends Exception {
  private static final long serialVersionUID = 1L;

  StartupException(String flag, String problem) {
    super(flag + ": " + problem);
  }
}
