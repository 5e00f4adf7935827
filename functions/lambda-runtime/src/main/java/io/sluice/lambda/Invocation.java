package io.sluice.lambda;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One invocation. Immutable.
 *
 * @param requestId Lambda's id of it
 * @param deadlineMillis when Lambda will stop the function, in milliseconds since 1970
 * @param functionArn the ARN that was invoked, with its alias or version
 * @param traceId the X-Ray trace header, {@code null} when there is none
 * @param tenantId the tenant, {@code null} unless the function isolates tenants
 * @param event its payload; must not be changed
 */
@SuppressWarnings("ArrayRecordComponent")
record Invocation(
    String requestId,
    long deadlineMillis,
    String functionArn,
    @Nullable String traceId,
    @Nullable String tenantId,
    byte[] event) {

  /** The invocation of an answer to {@code next}; names of headers are in lower case. */
  static Invocation of(Map<String, String> headers, byte[] event) throws IOException {
    String id = headers.get("lambda-runtime-aws-request-id");
    if (id == null) {
      throw new IOException("the Runtime API sent an invocation without an id");
    }
    return new Invocation(
        id,
        deadline(headers.get("lambda-runtime-deadline-ms")),
        headers.getOrDefault("lambda-runtime-invoked-function-arn", ""),
        headers.get("lambda-runtime-trace-id"),
        headers.get("lambda-runtime-aws-tenant-id"),
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
