package io.sluice.backend.openai;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonNull;
import io.sluice.core.json.JsonNumber;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.json.JsonValue;
import io.sluice.core.model.ModelEvent.Failure;
import io.sluice.core.model.ModelEvent.Failure.Kind;
import io.sluice.outbound.OutboundResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Reads what a server says instead of an answer. */
final class ErrorAnswer {

  private static final int LONGEST = 65_536;

  private ErrorAnswer() {}

  /** The failure of a response whose status is no success. */
  static Failure of(OutboundResponse response, Clock clock) {
    int status = response.status();
    String message =
        status < 400
            ? "The server answers with a redirect, which is not followed."
            : text(response);
    return new Failure(
        Kind.STATUS,
        status,
        message,
        RetryAfter.seconds(response.headers().first("retry-after"), clock));
  }

  private static String text(OutboundResponse response) {
    byte[] body;
    try {
      body = response.body().readNBytes(LONGEST);
    } catch (IOException e) {
      return "The server's error text could not be read.";
    }
    try {
      if (Json.read(body) instanceof JsonObject document) {
        return message(document);
      }
    } catch (JsonSyntaxException e) {
      // It is some other text: a proxy's page, perhaps.
    }
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * Throws if the document says that the call failed, whatever the status was.
   *
   * @throws CallFailure with the document's code
   */
  static void throwIfError(JsonObject document) throws CallFailure {
    JsonValue error = document.get("error");
    boolean failed =
        (error != null && error != JsonNull.NULL) || document.text("object", "").equals("error");
    if (failed) {
      throw new CallFailure(new Failure(Kind.STATUS, code(document), message(document), null));
    }
  }

  /** The failure that an event named {@code error} tells of. */
  static CallFailure event(JsonObject document) {
    return new CallFailure(new Failure(Kind.STATUS, code(document), message(document), null));
  }

  private static int code(JsonObject document) {
    JsonObject error = document.object("error");
    JsonObject told = error == null ? document : error;
    for (String name : new String[] {"code", "status", "status_code"}) {
      int code = number(told.get(name));
      if (code >= 400 && code <= 599) {
        return code;
      }
    }
    String type = told.text("type", "") + told.text("code", "");
    if (type.contains("overloaded")) {
      return 529;
    }
    return type.contains("rate_limit") ? 429 : 500;
  }

  private static int number(@org.jspecify.annotations.Nullable JsonValue value) {
    String text =
        switch (value) {
          case JsonNumber number -> number.text();
          case JsonString string -> string.value();
          case null, default -> "";
        };
    return text.matches("\\d{3}") ? Integer.parseInt(text) : 0;
  }

  private static String message(JsonObject document) {
    JsonObject error = document.object("error");
    JsonObject told = error == null ? document : error;
    for (String name : new String[] {"message", "error", "detail"}) {
      String text = told.text(name);
      if (text != null) {
        return text;
      }
    }
    return Json.text(told);
  }
}
