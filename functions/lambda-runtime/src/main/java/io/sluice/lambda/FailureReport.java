package io.sluice.lambda;

/**
 * A failure as Lambda is told of it. Neither traces nor messages of unforeseen exceptions are in
 * it: they may quote a request, and API Gateway or a caller of the function may see it.
 *
 * @param type {@code Category.Reason}
 * @param message one sentence for an administrator
 */
record FailureReport(String type, String message) {

  /** The handler was broken off because Lambda ends the function. */
  static final FailureReport SHUTDOWN =
      new FailureReport(
          "Runtime.Shutdown", "The function was shut down before its answer was whole");

  /** The handler threw while it answered. */
  static FailureReport ofInvocation(Throwable problem) {
    return new FailureReport(
        "Function." + name(problem), "The function failed; its log says where");
  }

  /** The handler could not be made: its own message names the setting. */
  static FailureReport ofInit(Throwable problem) {
    String message = problem.getMessage();
    return new FailureReport(
        "Runtime." + name(problem), message == null ? "The function could not start" : message);
  }

  /** A class's name without its package; fit for a header line. */
  private static String name(Throwable problem) {
    String name = problem.getClass().getName();
    StringBuilder safe = new StringBuilder(name.length());
    for (int i = name.lastIndexOf('.') + 1; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean plain = c < 0x7f && Character.isLetterOrDigit(c);
      safe.append(plain ? c : '_');
    }
    return safe.toString();
  }

  String json() {
    return "{\"errorMessage\":"
        + JsonText.quoted(message)
        + ",\"errorType\":"
        + JsonText.quoted(type)
        + ",\"stackTrace\":[]}";
  }
}
