package io.sluice.testing;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32;

/** The outer form of the services' JSON protocols (Smithy's awsJson1_0 and awsJson1_1). */
final class AwsWire {

  /** Signing names by the part of {@code X-Amz-Target} before the operation. */
  static final Map<String, String> SERVICES =
      Map.of(
          "DynamoDB_20120810", "dynamodb",
          "AmazonSQS", "sqs",
          "TrentService", "kms",
          "secretsmanager", "secretsmanager");

  /** What each service's requests and answers are. */
  static final Map<String, String> CONTENT_TYPES =
      Map.of(
          "dynamodb", "application/x-amz-json-1.0",
          "sqs", "application/x-amz-json-1.0",
          "kms", "application/x-amz-json-1.1",
          "secretsmanager", "application/x-amz-json-1.1");

  private AwsWire() {}

  static void answer(WireConnection connection, String service, byte[] body) throws IOException {
    send(connection, 200, "Content-Type: " + CONTENT_TYPES.get(service), body);
  }

  static void error(WireConnection connection, int status, String code, String message)
      throws IOException {
    JsonObject body =
        JsonObject.builder().put("__type", "com.amazonaws#" + code).put("message", message).build();
    String headers = "Content-Type: application/x-amz-json-1.0\r\nx-amzn-ErrorType: " + code;
    send(connection, status, headers, Json.write(body));
  }

  private static void send(WireConnection connection, int status, String headers, byte[] body)
      throws IOException {
    CRC32 crc = new CRC32();
    crc.update(body);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(
        """
        HTTP/1.1 %d X\r
        %s\r
        x-amzn-RequestId: 4f1d7b6c-0000-4000-8000-000000000001\r
        x-amz-crc32: %d\r
        Content-Length: %d\r
        \r
        """
            .formatted(status, headers, crc.getValue(), body.length)
            .getBytes(StandardCharsets.UTF_8));
    whole.writeBytes(body);
    connection.send(whole.toByteArray());
  }

  static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
