package io.sluice.lambda;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One invocation. Immutable.
 *
 * @param requestId Lambda's id of it; empty when Lambda named none, so that it can't be answered
 * @param deadlineMillis when Lambda will stop the function, in milliseconds since 1970
 * @param functionArn the ARN that was invoked, with its alias or version
 * @param traceId the X-Ray trace header, {@code null} when there is none
 * @param tenantId the tenant, {@code null} unless the function isolates tenants
 * @param clientContext JSON that a mobile SDK sent along, {@code null} when there is none
 * @param cognitoIdentity JSON that tells a mobile SDK's identity, {@code null} when there is none
 * @param event its payload; must not be changed
 */
@SuppressWarnings("ArrayRecordComponent")
record Invocation(
    String requestId,
    long deadlineMillis,
    String functionArn,
    @Nullable String traceId,
    @Nullable String tenantId,
    @Nullable String clientContext,
    @Nullable String cognitoIdentity,
    byte[] event) {

  /** The invocation of an answer to {@code next}; names of headers are in lower case. */
  static Invocation of(Map<String, String> headers, byte[] event) {
    return new Invocation(
        headers.getOrDefault("lambda-runtime-aws-request-id", ""),
        deadline(headers.get("lambda-runtime-deadline-ms")),
        headers.getOrDefault("lambda-runtime-invoked-function-arn", ""),
        headers.get("lambda-runtime-trace-id"),
        headers.get("lambda-runtime-aws-tenant-id"),
        headers.get("lambda-runtime-client-context"),
        headers.get("lambda-runtime-cognito-identity"),
        event);
  }

  private static long deadline(@Nullable String millis) {
    try {
      return millis == null ? Long.MAX_VALUE : Long.parseLong(millis);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }
}
