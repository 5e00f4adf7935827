package io.sluice.aws;

import io.sluice.aws.AwsException.Kind;
import io.sluice.core.http.Headers;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.outbound.RefusedEndpointException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What went wrong, in words that name what to change. */
final class ErrorAnswers {

  private static final Set<String> THROTTLED =
      Set.of(
          "EC2ThrottledException",
          "ProvisionedThroughputExceededException",
          "RequestLimitExceeded",
          "RequestThrottled",
          "RequestThrottledException",
          "ThrottledException",
          "Throttling",
          "ThrottlingException",
          "TooManyRequestsException");
  private static final Set<String> DENIED =
      Set.of("AccessDenied", "AccessDeniedException", "KMSAccessDeniedException");
  private static final Set<String> CREDENTIALS =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "IncompleteSignature",
          "IncompleteSignatureException",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "MissingAuthenticationToken",
          "MissingAuthenticationTokenException",
          "RequestExpired",
          "SignatureDoesNotMatch",
          "UnrecognizedClientException");
  private static final int LONGEST_CODE = 100;

  private ErrorAnswers() {}

  /** The failure that an answer with another status than 2xx tells of. */
  static AwsException of(AwsOperation operation, int status, Headers headers, byte[] body) {
    String code = code(headers, body);
    Long after = seconds(headers.first("Retry-After"));
    Kind kind = kind(status, code);
    String said =
        "%s (status %d%s)".formatted(code.isEmpty() ? "no error code" : code, status, id(headers));
    String message =
        switch (kind) {
          case THROTTLED -> operation + " was throttled: " + said;
          case DENIED ->
              operation
                  + " was denied: "
                  + said
                  + ". Allow "
                  + operation.action()
                  + " on it in the function's role, and in the policies of the resource, its KMS"
                  + " key and the VPC endpoint";
          case REJECTED ->
              CREDENTIALS.contains(code)
                  ? operation
                      + " failed: "
                      + said
                      + ". The function's credentials or its clock are not accepted"
                  : operation + " failed: " + said;
          default -> operation + " failed: " + said;
        };
    return new AwsException(kind, code, status, after, message, null);
  }

  private static Kind kind(int status, String code) {
    if (status == 429 || THROTTLED.contains(code)) {
      return Kind.THROTTLED;
    }
    if (DENIED.contains(code)) {
      return Kind.DENIED;
    }
    return status >= 500 ? Kind.UNAVAILABLE : status >= 400 ? Kind.REJECTED : Kind.PROTOCOL;
  }

  private static String id(Headers headers) {
    String id = headers.first("x-amzn-RequestId", "");
    return plain(id) ? ", request " + id : "";
  }

  /** The code, from the header or the body, without namespace and without a link behind it. */
  private static String code(Headers headers, byte[] body) {
    String code = headers.first("x-amzn-ErrorType", "");
    if (code.isEmpty()) {
      try {
        code =
            Json.read(body) instanceof JsonObject error
                ? error.text("__type", error.text("code", ""))
                : "";
      } catch (JsonSyntaxException e) {
        return "";
      }
    }
    int end = code.indexOf(':');
    String name = code.substring(code.indexOf('#') + 1, end < 0 ? code.length() : end);
    return plain(name) ? name : "";
  }

  private static boolean plain(String text) {
    if (text.isEmpty() || text.length() > LONGEST_CODE) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!fine && "._-".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Long seconds(@Nullable String header) {
    try {
      long seconds = header == null ? -1 : Long.parseLong(header.strip());
      return seconds < 0 ? null : Long.valueOf(seconds);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** The failure of a call without a whole answer. */
  static AwsException of(AwsOperation operation, String host, String region, IOException e) {
    if (e instanceof AwsException known) {
      return known;
    }
    if (e instanceof RefusedEndpointException) {
      return new AwsException(
          Kind.CONNECTION, "", 0, null, operation + ": " + host + ": " + e.getMessage(), e);
    }
    if (e instanceof ProtocolException) {
      return protocol(operation, "the answer is not HTTP", e);
    }
    if (e instanceof EOFException) {
      return new AwsException(
          Kind.TRUNCATED, "", 0, null, operation + ": the answer was cut off", e);
    }
    Kind kind = e instanceof SocketTimeoutException ? Kind.TIMEOUT : Kind.CONNECTION;
    String service = operation.service().endpointPrefix();
    return new AwsException(
        kind,
        "",
        0,
        null,
        "%s: %s %s (%s). In a VPC without internet it needs the endpoint com.amazonaws.%s.%s, whose security group or route table admits the function"
            .formatted(
                operation,
                kind == Kind.TIMEOUT ? "no answer in time from" : "no connection to",
                host,
                e.getClass().getSimpleName(),
                region,
                service),
        e);
  }

  /** The answer isn't what it should be. */
  static AwsException protocol(AwsOperation operation, String what, @Nullable Throwable cause) {
    return new AwsException(Kind.PROTOCOL, "", 0, null, operation + ": " + what, cause);
  }
}
