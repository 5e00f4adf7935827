package io.sluice.doctor;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Says what went wrong in a person's words. */
public final class Reasons {

  private Reasons() {}

  /** The problem on one line. */
  public static String of(Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return "the host has no address here";
      }
      if (cause instanceof AwsServiceException aws) {
        return aws.awsErrorDetails() == null
            ? "AWS answered " + aws.statusCode()
            : "%s (%s)"
                .formatted(aws.awsErrorDetails().errorMessage(), aws.awsErrorDetails().errorCode());
      }
      if (cause instanceof SSLException tls) {
        return "no TLS session: " + tls.getMessage();
      }
    }
    if (problem instanceof HttpTimeoutException) {
      return "no answer in time";
    }
    if (problem instanceof ConnectException) {
      return "no connection: " + (problem.getMessage() == null ? "refused" : problem.getMessage());
    }
    String message = problem.getMessage();
    return problem instanceof SdkException || message != null
        ? String.valueOf(message)
        : problem.getClass().getSimpleName();
  }
}
