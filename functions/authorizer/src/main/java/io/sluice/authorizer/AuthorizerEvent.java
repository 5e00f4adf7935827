package io.sluice.authorizer;

import io.sluice.core.http.Headers;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.json.JsonValue;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is read of an API Gateway REQUEST authorizer event.
 *
 * @param methodArn of the method that is asked for
 * @param headers every line, from {@code multiValueHeaders}: in {@code headers} a header that
 *     occurs twice can't be told from one that occurs once
 */
record AuthorizerEvent(String methodArn, Headers headers) {

  /**
   * Reads an event.
   *
   * @throws IOException if it is none
   */
  static AuthorizerEvent read(byte[] json) throws IOException {
    try {
      if (Json.read(json) instanceof JsonObject event
          && event.get("methodArn") instanceof JsonString methodArn) {
        return new AuthorizerEvent(methodArn.value(), headers(event.object("multiValueHeaders")));
      }
    } catch (JsonSyntaxException e) {
      throw new IOException("the event is no JSON: " + e.getMessage(), e);
    }
    throw new IOException("the event is none of a REQUEST authorizer: it has no methodArn");
  }

  /** The API's stage, whose methods all are meant: {@code ARN:API/STAGE/*}. */
  String everyMethod() {
    int api = methodArn.indexOf('/');
    int stage = api < 0 ? -1 : methodArn.indexOf('/', api + 1);
    return stage < 0 ? methodArn : methodArn.substring(0, stage) + "/*";
  }

  private static Headers headers(@Nullable JsonObject lines) {
    if (lines == null) {
      return Headers.EMPTY; // and so refused
    }
    Headers.Builder headers = Headers.builder();
    for (Map.Entry<String, JsonValue> header : lines.members().entrySet()) {
      if (header.getValue() instanceof JsonArray values) {
        for (JsonValue value : values) {
          if (value instanceof JsonString text) {
            headers.add(header.getKey(), text.value());
          }
        }
      }
    }
    return headers.build();
  }
}
