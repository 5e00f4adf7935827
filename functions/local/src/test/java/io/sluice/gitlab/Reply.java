package io.sluice.gitlab;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.json.JsonValue;
import java.net.http.HttpHeaders;
import java.util.Locale;
import java.util.Optional;

/**
 * A whole answer.
 *
 * @param body of any status, as text
 */
public record Reply(int status, HttpHeaders headers, String body) {

  boolean success() {
    return status / 100 == 2;
  }

  /** The header's first value, empty if there is none. */
  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /** The body as JSON: Rails parses by {@code Content-Type} (client 1.4), so no other counts. */
  Optional<JsonValue> json() {
    String type = header("Content-Type").toLowerCase(Locale.ROOT);
    if (!type.startsWith("application/json")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.read(body));
    } catch (JsonSyntaxException e) {
      return Optional.empty();
    }
  }

  /** The body as a JSON object; empty if it is none. */
  JsonObject object() {
    return json().orElse(JsonObject.EMPTY) instanceof JsonObject object ? object : JsonObject.EMPTY;
  }

  /** {@code choices[0].text} (client 3.1), empty if there is no choice. */
  public String choice() {
    JsonArray choices = object().array("choices");
    return choices != null && choices.size() > 0 && choices.get(0) instanceof JsonObject choice
        ? choice.text("text", "")
        : "";
  }
}
