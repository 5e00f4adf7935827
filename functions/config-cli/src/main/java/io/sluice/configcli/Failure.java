package io.sluice.configcli;

/** Why a command ends without doing what was asked, in words for the administrator. */
final class Failure extends Exception {
  private static final long serialVersionUID = 1L;

  /** Something was found, or refused. */
  static final int FINDINGS = 1;

  /** The command line is wrong, or a store can't be reached. */
  static final int USAGE = 2;

  private final int exitCode;

  private Failure(int exitCode, String text) {
    super(text);
    this.exitCode = exitCode;
  }

  /** It must not be done. */
  static Failure refused(String text) {
    return new Failure(FINDINGS, text);
  }

  /** It can't be done like this. */
  static Failure usage(String text) {
    return new Failure(USAGE, text);
  }

  int exitCode() {
    return exitCode;
  }
}
