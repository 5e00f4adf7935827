package io.sluice.demomodel;

/** A request that is answered with an error of the OpenAI protocol. */
final class ModelRequestException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  ModelRequestException(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }
}
