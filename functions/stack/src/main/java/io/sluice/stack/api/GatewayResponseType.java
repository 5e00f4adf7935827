package io.sluice.stack.api;

/** The types of gateway responses that an API can run into, with AWS's status and message. */
enum GatewayResponseType {
  ACCESS_DENIED(403, "User is not authorized to access this resource with an explicit deny"),
  API_CONFIGURATION_ERROR(500, "Internal server error"),
  AUTHORIZER_CONFIGURATION_ERROR(500, "Internal server error"),
  AUTHORIZER_FAILURE(500, "Internal server error"),
  BAD_REQUEST_PARAMETERS(400, "Bad request"),
  INTEGRATION_FAILURE(502, "Internal server error"),
  INTEGRATION_TIMEOUT(504, "Endpoint request timed out"),
  MISSING_AUTHENTICATION_TOKEN(403, "Missing Authentication Token"),
  REQUEST_TOO_LARGE(413, "Request Too Long"),
  UNAUTHORIZED(401, "Unauthorized");

  private final int status;
  private final String message;

  GatewayResponseType(int status, String message) {
    this.status = status;
    this.message = message;
  }

  int status() {
    return status;
  }

  String message() {
    return message;
  }
}
