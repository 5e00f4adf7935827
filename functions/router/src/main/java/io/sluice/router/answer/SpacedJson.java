package io.sluice.router.answer;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import java.util.Map;

/** Writes JSON with a blank after commas and colons, as the events of contract 3.6 have it. */
final class SpacedJson {

  private SpacedJson() {}

  static String text(JsonValue value) {
    StringBuilder text = new StringBuilder(128);
    write(text, value);
    return text.toString();
  }

  private static void write(StringBuilder text, JsonValue value) {
    switch (value) {
      case JsonObject object -> {
        text.append('{');
        String separator = "";
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
          text.append(separator).append(Json.text(new JsonString(member.getKey()))).append(": ");
          write(text, member.getValue());
          separator = ", ";
        }
        text.append('}');
      }
      case JsonArray array -> {
        text.append('[');
        String separator = "";
        for (JsonValue item : array) {
          text.append(separator);
          write(text, item);
          separator = ", ";
        }
        text.append(']');
      }
      default -> text.append(Json.text(value));
    }
  }
}
