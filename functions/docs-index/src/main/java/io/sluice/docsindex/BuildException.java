package io.sluice.docsindex;

/** An index that can't be built; the message names what to change. */
final class BuildException extends Exception {
  private static final long serialVersionUID = 1L;

  BuildException(String message) {
    super(message);
  }
}
