package io.sluice.gitlab;

/** A feature failed as its user sees it. */
public final class DuoException extends Exception {
  private static final long serialVersionUID = 1;

  private final String code;
  private final int status;

  /**
   * @param code GitLab's code, such as {@code A1004}, or a word where GitLab has none
   * @param status of the gateway's last answer, 0 if there was none
   */
  DuoException(String code, int status, String message) {
    super(code + " (" + status + "): " + message);
    this.code = code;
    this.status = status;
  }

  /** An answer that says nothing. */
  public static DuoException nothing(int status) {
    return new DuoException("empty", status, "no text");
  }

  public String code() {
    return code;
  }

  public int status() {
    return status;
  }
}
