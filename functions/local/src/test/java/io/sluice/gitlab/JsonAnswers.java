package io.sluice.gitlab;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.json.JsonValue;
import java.util.List;

/** The one-shot answers that Rails parses as bare JSON (client 3.6). */
public final class JsonAnswers {

  private JsonAnswers() {}

  /**
   * A comment's temperature: 1 or 2, with reasons.
   *
   * @throws DuoException if the answer is none
   */
  public static JsonObject temperature(String answer) throws DuoException {
    JsonObject object = object(answer, "rating", "issues");
    Long rating = object.number("rating");
    if (rating == null || rating < 1 || rating > 2 || object.array("issues") == null) {
      throw unreadable("rating or issues");
    }
    return object;
  }

  /**
   * A question's category.
   *
   * @throws DuoException if the answer is none
   */
  public static JsonObject category(String answer) throws DuoException {
    JsonObject object = object(answer, "category", "detailed_category", "labels", "language");
    if (object.array("labels") == null) {
      throw unreadable("labels");
    }
    return object;
  }

  /**
   * The ids of features that were found.
   *
   * @throws DuoException if the answer is no array
   */
  public static JsonArray ids(String answer) throws DuoException {
    if (parse(answer) instanceof JsonArray array) {
      return array;
    }
    throw unreadable("array");
  }

  private static JsonObject object(String answer, String... members) throws DuoException {
    if (parse(answer) instanceof JsonObject object
        && List.of(members).stream().allMatch(object::has)) {
      return object;
    }
    throw unreadable(String.join(", ", members));
  }

  private static JsonValue parse(String answer) throws DuoException {
    try {
      return Json.read(answer);
    } catch (JsonSyntaxException e) {
      throw unreadable("JSON");
    }
  }

  private static DuoException unreadable(String what) {
    return new DuoException("unreadable", 200, "no " + what);
  }
}
