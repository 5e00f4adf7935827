package io.sluice.router.answer;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import java.util.List;

/** The one choice of an answer; none for an empty text. */
final class Choices {

  private Choices() {}

  static JsonArray of(String text) {
    return text.isEmpty()
        ? JsonArray.EMPTY
        : new JsonArray(
            List.of(
                JsonObject.builder()
                    .put("text", text)
                    .put("index", 0)
                    .put("finish_reason", "length")
                    .build()));
  }
}
