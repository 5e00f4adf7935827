package io.sluice.aws;

import io.sluice.core.http.Headers;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.time.Cancellation;
import io.sluice.core.time.Deadline;
import io.sluice.outbound.OutboundResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.zip.CRC32;

/** Calls by AWS's JSON protocol: the operation is a header, request and answer are JSON. */
final class JsonCalls implements AutoCloseable {

  /** An item of 400 KB takes less, a secret of 64 KB, too. */
  private static final int LONGEST = 2_000_000;

  private final ServiceEndpoint endpoint;
  private final String contentType;
  private final String targetPrefix;

  /**
   * @param version the protocol's: {@code 1.0} or {@code 1.1}
   * @param targetPrefix the service's name in {@code X-Amz-Target}
   */
  JsonCalls(AwsEnvironment environment, AwsApi service, String version, String targetPrefix) {
    this.endpoint = new ServiceEndpoint(environment, service, Clock.systemUTC());
    this.contentType = "application/x-amz-json-" + version;
    this.targetPrefix = targetPrefix;
  }

  /** Makes a call that may be repeated. */
  JsonObject call(AwsOperation operation, String target, JsonObject input, Deadline deadline)
      throws AwsException {
    Headers headers =
        Headers.builder()
            .add("Content-Type", contentType)
            .add("X-Amz-Target", targetPrefix + '.' + target)
            .build();
    ServiceEndpoint.Request request =
        new ServiceEndpoint.Request(operation, "/", headers, Json.write(input), true);
    return endpoint.call(
        request, deadline, deadline, new Cancellation(), response -> read(operation, response));
  }

  private static JsonObject read(AwsOperation operation, OutboundResponse response)
      throws IOException {
    try (response) {
      byte[] body = response.body().readNBytes(LONGEST + 1);
      if (body.length > LONGEST) {
        throw ErrorAnswers.protocol(
            operation, "the answer is larger than " + LONGEST + " bytes", null);
      }
      String crc32 = response.headers().first("x-amz-crc32");
      if (crc32 != null && !crc32.equals(crc32(body))) {
        throw ErrorAnswers.protocol(operation, "the answer's checksum is wrong", null);
      }
      if (Json.read(body) instanceof JsonObject answer) {
        return answer;
      }
      throw ErrorAnswers.protocol(operation, "the answer is no JSON object", null);
    } catch (JsonSyntaxException e) {
      throw ErrorAnswers.protocol(operation, "the answer is not JSON", e);
    }
  }

  private static String crc32(byte[] body) {
    CRC32 crc32 = new CRC32();
    crc32.update(body);
    return Long.toString(crc32.getValue());
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
