package io.sluice.testing;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A signed call that an {@link AwsStub} took.
 *
 * @param service its signing name: {@code dynamodb}, {@code sqs}, {@code kms}, {@code
 *     secretsmanager} or {@code lambda}
 * @param operation such as {@code GetItem}
 * @param target path and query as they were sent
 * @param headers by lower-case name
 */
@SuppressWarnings("ArrayRecordComponent")
public record AwsCall(
    String service, String operation, String target, Map<String, String> headers, byte[] body) {

  /** The body, which must be a JSON object. */
  public JsonObject json() {
    try {
      if (Json.read(body) instanceof JsonObject object) {
        return object;
      }
    } catch (JsonSyntaxException e) {
      throw new IllegalStateException("the body of " + operation + " is not JSON", e);
    }
    throw new IllegalStateException("the body of " + operation + " is not an object");
  }

  /** The header, or {@code null}. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }
}
