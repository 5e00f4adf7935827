package io.sluice.lambda;

/**
 * A failure as Lambda is told of it. Neither traces nor messages of unforeseen exceptions are in
 * it: they may quote a request, and API Gateway or a caller of the function may see it.
 *
 * @param type {@code Category.Reason}
 * @param message one sentence for an administrator
 */
record FailureReport(String type, String message) {

  /** The handler threw while it answered. */
  static FailureReport ofInvocation(Throwable problem) {
    return new FailureReport(
        "Function." + problem.getClass().getSimpleName(),
        "The function failed; its log says where");
  }

  /** The handler could not be made: its own message names the setting. */
  static FailureReport ofInit(Throwable problem) {
    String message = problem.getMessage();
    return new FailureReport(
        "Runtime." + problem.getClass().getSimpleName(),
        message == null ? "The function could not start" : message);
  }

  String json() {
    return "{\"errorMessage\":"
        + JsonText.quoted(message)
        + ",\"errorType\":"
        + JsonText.quoted(type)
        + ",\"stackTrace\":[]}";
  }
}
