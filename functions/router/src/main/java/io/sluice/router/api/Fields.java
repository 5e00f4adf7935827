package io.sluice.router.api;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonBoolean;
import io.sluice.core.json.JsonNull;
import io.sluice.core.json.JsonNumber;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of a JSON object and gathers everything that is wrong with them. Lengths count
 * Unicode code points, as GitLab's side does. Flags and whole numbers are read leniently (contract
 * 3.1: {@code "stream":"yes"} is true). An optional member may be {@code null}. Types are asked for
 * one after the other, since each pattern switch costs a cold function a millisecond. Not
 * thread-safe.
 */
final class Fields {

  private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "on", "1");
  private static final Set<String> FALSE = Set.of("false", "f", "no", "n", "off", "0");

  private final JsonObject object;
  private final String path;
  private final List<Problem> problems;
  private final boolean disclosed;

  private Fields(JsonObject object, String path, List<Problem> problems, boolean disclosed) {
    this.object = object;
    this.path = path;
    this.problems = problems;
    this.disclosed = disclosed;
  }

  static Fields of(JsonObject body) {
    return new Fields(body, "", new ArrayList<>(), false);
  }

  /** The same members; what is found wrong with them from here on is told to every caller. */
  Fields disclosed() {
    return new Fields(object, path, problems, true);
  }

  boolean has(String name) {
    return object.has(name);
  }

  /** Whether the member is there and not {@code null}. */
  boolean holds(String name) {
    return value(name) != null;
  }

  boolean isNull(String name) {
    return object.get(name) == JsonNull.NULL;
  }

  JsonObject json() {
    return object;
  }

  /** Text of at most that many characters. */
  @Nullable String text(String name, int max) {
    JsonValue value = value(name);
    if (value instanceof JsonString string) {
      return limited(name, string.value(), max);
    }
    return value == null ? null : wrong(name, "must be a string");
  }

  String requiredText(String name, int max) {
    require(name);
    String text = text(name, max);
    return text == null ? "" : text;
  }

  /** Text, white space around it taken off before it is measured. */
  @Nullable String trimmed(String name, int max) {
    JsonValue value = value(name);
    if (value instanceof JsonString string) {
      return limited(name, string.value().strip(), max);
    }
    return value == null ? null : wrong(name, "must be a string");
  }

  String requiredTrimmed(String name, int max) {
    require(name);
    String text = trimmed(name, max);
    return text == null ? "" : text;
  }

  /** One of these words. */
  @Nullable String word(String name, Collection<String> words) {
    String text = text(name, Integer.MAX_VALUE);
    return text == null || words.contains(text)
        ? text
        : wrong(name, "must be one of " + String.join(", ", words));
  }

  String requiredWord(String name, Collection<String> words) {
    require(name);
    String text = word(name, words);
    return text == null ? "" : text;
  }

  /** A flag; false when absent. */
  boolean flag(String name) {
    JsonValue value = value(name);
    Boolean flag = value == null ? Boolean.FALSE : flagOf(value);
    if (flag == null) {
      problem(name, "must be a boolean");
      return false;
    }
    return flag;
  }

  /** A whole number. */
  @Nullable Long whole(String name) {
    JsonValue value = value(name);
    if (value instanceof JsonNumber number) {
      return wholeOf(name, withoutZeroFraction(number.text()));
    }
    if (value instanceof JsonString string) {
      return wholeOf(name, string.value().strip());
    }
    if (value != null) {
      problem(name, "must be an integer");
    }
    return null;
  }

  void requireWhole(String name) {
    require(name);
    whole(name);
  }

  @Nullable Fields object(String name) {
    JsonValue value = value(name);
    if (value instanceof JsonObject inner) {
      return inside(inner, name);
    }
    if (value != null) {
      problem(name, "must be an object");
    }
    return null;
  }

  Fields requiredObject(String name) {
    require(name);
    Fields inner = object(name);
    return inner == null ? new Fields(JsonObject.EMPTY, at(name), new ArrayList<>(), false) : inner;
  }

  /** The objects of an array; none when it is absent. */
  List<Fields> objects(String name, int min, int max) {
    List<Fields> inner = new ArrayList<>();
    int index = 0;
    for (JsonValue item : array(name, min, max)) {
      String place = name + "[" + index++ + "]";
      if (item instanceof JsonObject member) {
        inner.add(inside(member, place));
      } else {
        problem(place, "must be an object");
      }
    }
    return inner;
  }

  /** The texts of an array; none when it is absent. */
  List<String> texts(String name, int min, int max, int maxLength) {
    List<String> texts = new ArrayList<>();
    int index = 0;
    for (JsonValue item : array(name, min, max)) {
      String place = name + "[" + index++ + "]";
      if (item instanceof JsonString text) {
        limited(place, text.value(), maxLength);
        texts.add(text.value());
      } else {
        problem(place, "must be a string");
      }
    }
    return texts;
  }

  /** Says that the member is missing unless it is there and not {@code null}. */
  void require(String name) {
    if (!holds(name)) {
      problem(name, "is required");
    }
  }

  void problem(String name, String message) {
    problems.add(new Problem(at(name), message, disclosed));
  }

  /**
   * Ends the reading.
   *
   * @throws InvalidRequestException if anything was wrong
   */
  void check() throws InvalidRequestException {
    if (!problems.isEmpty()) {
      throw new InvalidRequestException(422, problems);
    }
  }

  private JsonArray array(String name, int min, int max) {
    JsonValue value = value(name);
    if (value != null && !(value instanceof JsonArray)) {
      problem(name, "must be an array");
    }
    JsonArray array = value instanceof JsonArray items ? items : JsonArray.EMPTY;
    if (value != null && (array.size() < min || array.size() > max)) {
      problem(name, "must have %d to %d items".formatted(min, max));
      return JsonArray.EMPTY;
    }
    return array;
  }

  private Fields inside(JsonObject inner, String name) {
    return new Fields(inner, at(name), problems, disclosed);
  }

  private @Nullable JsonValue value(String name) {
    JsonValue value = object.get(name);
    return value == JsonNull.NULL ? null : value;
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private @Nullable String limited(String name, String text, int max) {
    boolean tooLong = text.length() > max && text.codePointCount(0, text.length()) > max;
    return tooLong ? wrong(name, "must have at most %d characters".formatted(max)) : text;
  }

  private @Nullable Long wholeOf(String name, String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      problem(name, "must be an integer");
      return null;
    }
  }

  private @Nullable String wrong(String name, String message) {
    problem(name, message);
    return null;
  }

  private static @Nullable Boolean flagOf(JsonValue value) {
    if (value instanceof JsonBoolean json) {
      return json.value();
    }
    if (value instanceof JsonString string) {
      return flagOf(string.value().toLowerCase(Locale.ROOT));
    }
    return value instanceof JsonNumber number ? flagOf(withoutZeroFraction(number.text())) : null;
  }

  private static @Nullable Boolean flagOf(String word) {
    return TRUE.contains(word) ? Boolean.TRUE : FALSE.contains(word) ? Boolean.FALSE : null;
  }

  private static String withoutZeroFraction(String number) {
    return number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
  }
}
