package io.sluice.stack.api;

import io.sluice.core.http.Headers;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.json.JsonValue;
import io.sluice.stack.function.InvocationAnswer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a streamed answer: status and headers as JSON, eight NULs, within 16 KB (AWS:
 * "Lambda proxy integration with payload response streaming").
 *
 * @param first what of the body came with it
 */
@SuppressWarnings("ArrayRecordComponent")
record Prelude(int status, Headers headers, byte[] first) {

  private static final int LIMIT = 16 * 1024;
  private static final int DELIMITER = 8;

  /** Reads until the delimiter; {@code null} where there is none, or no metadata before it. */
  static @Nullable Prelude read(InvocationAnswer answer, long endNanos)
      throws InterruptedException, TimeoutException {
    ByteArrayOutputStream begun = new ByteArrayOutputStream();
    for (byte[] chunk = answer.next(endNanos); chunk != null; chunk = answer.next(endNanos)) {
      begun.writeBytes(chunk);
      byte[] all = begun.toByteArray();
      int at = delimiter(all);
      if (at >= 0) {
        return of(Arrays.copyOf(all, at), Arrays.copyOfRange(all, at + DELIMITER, all.length));
      }
      if (all.length >= LIMIT + DELIMITER) {
        return null;
      }
    }
    return null;
  }

  private static int delimiter(byte[] bytes) {
    int zeros = 0;
    for (int i = 0; i < Math.min(bytes.length, LIMIT + DELIMITER); i++) {
      zeros = bytes[i] == 0 ? zeros + 1 : 0;
      if (zeros == DELIMITER) {
        return i - DELIMITER + 1;
      }
    }
    return -1;
  }

  /** The answer of a buffered integration: all of it in one JSON object. */
  static @Nullable Prelude buffered(byte[] json) {
    Prelude head = of(json, new byte[0]);
    try {
      if (head == null || !(Json.read(json) instanceof JsonObject answer)) {
        return null;
      }
      String body = answer.text("body", "");
      return new Prelude(
          head.status(),
          head.headers(),
          answer.flag("isBase64Encoded")
              ? Base64.getDecoder().decode(body)
              : body.getBytes(StandardCharsets.UTF_8));
    } catch (JsonSyntaxException | IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable Prelude of(byte[] json, byte[] first) {
    try {
      if (Json.read(json) instanceof JsonObject metadata) {
        Long status = metadata.number("statusCode");
        return status == null || status < 100 || status > 599
            ? null
            : new Prelude(status.intValue(), headers(metadata), first);
      }
      return null;
    } catch (JsonSyntaxException e) {
      return null;
    }
  }

  private static Headers headers(JsonObject metadata) {
    Headers.Builder headers = Headers.builder();
    JsonObject single = metadata.object("headers");
    if (single != null) {
      single.members().forEach((name, value) -> headers.add(name, text(value)));
    }
    JsonObject multiple = metadata.object("multiValueHeaders");
    if (multiple != null) {
      for (Map.Entry<String, JsonValue> header : multiple.members().entrySet()) {
        if (header.getValue() instanceof JsonArray values) {
          values.forEach(value -> headers.add(header.getKey(), text(value)));
        }
      }
    }
    JsonArray cookies = metadata.array("cookies");
    if (cookies != null) {
      cookies.forEach(cookie -> headers.add("Set-Cookie", text(cookie)));
    }
    return headers.build();
  }

  private static String text(JsonValue value) {
    return value instanceof io.sluice.core.json.JsonString string
        ? string.value()
        : Json.text(value);
  }
}
