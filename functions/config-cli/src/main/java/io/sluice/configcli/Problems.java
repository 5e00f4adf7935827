package io.sluice.configcli;

import io.sluice.config.snapshot.UnknownFormatException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** What went wrong, in words that say what to change. Pure functions. */
final class Problems {

  private Problems() {}

  static int exitCode(Exception problem) {
    return switch (problem) {
      case Failure failure -> failure.exitCode();
      case UnknownFormatException _, IllegalArgumentException _ -> Failure.FINDINGS;
      default -> Failure.USAGE;
    };
  }

  static String words(Exception problem) {
    return switch (problem) {
      case Failure failure -> String.valueOf(failure.getMessage());
      case UnknownFormatException newer -> newer.getMessage() + ". Nothing was changed";
      case IllegalArgumentException refused -> String.valueOf(refused.getMessage());
      case NoSuchFileException missing -> "there is no file " + missing.getFile();
      case AccessDeniedException denied ->
          denied.getFile() + " can't be read or written: permission denied";
      case FileSystemException file ->
          file.getFile() + " can't be read or written: " + file.getReason();
      case IOException io -> io.getMessage() + remedy(io.getCause());
      case SdkException sdk -> "AWS can't be asked" + remedy(sdk);
      default -> "this is a mistake of the program: " + problem;
    };
  }

  private static String remedy(@Nullable Throwable cause) {
    if (cause instanceof AwsServiceException service && service.awsErrorDetails() != null) {
      return switch (String.valueOf(service.awsErrorDetails().errorCode())) {
        case "ResourceNotFoundException" ->
            ": there is no such table in this account and Region; check --stack and --region";
        case "AccessDeniedException" ->
            ": the credentials lack a permission on it; the docs' page config.md lists those that"
                + " each command needs";
        case "ExpiredTokenException", "UnrecognizedClientException", "InvalidSignatureException" ->
            ": the credentials are expired or wrong; log in again";
        case "ValidationException" -> ": DynamoDB refuses the item; is it larger than 400 KB?";
        default -> "";
      };
    }
    if (cause instanceof SdkClientException client) {
      String text = String.valueOf(client.getMessage());
      return text.contains("credentials")
          ? ": no AWS credentials were found; log in, or set AWS_PROFILE"
          : ": it can't be reached; check --region, --endpoint-url and the network";
    }
    return "";
  }
}
