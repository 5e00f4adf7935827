package io.sluice.config.row;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonBoolean;
import io.sluice.core.json.JsonNumber;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Typed reading of a row's fields; a missing field is {@code null}, one of another type is a {@link
 * MalformedRowException} that names it.
 */
final class Fields {

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,7})(ms|s|m)");

  private final JsonObject object;
  private final String path;

  Fields(JsonObject object) {
    this(object, "");
  }

  private Fields(JsonObject object, String path) {
    this.object = object;
    this.path = path;
  }

  String name(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  @Nullable String text(String field) throws MalformedRowException {
    JsonValue value = object.get(field);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonString string) {
      return string.value();
    }
    throw malformed(field, "must be a text");
  }

  String required(String field) throws MalformedRowException {
    String text = text(field);
    if (text == null) {
      throw malformed(field, "is missing");
    }
    return text;
  }

  boolean flag(String field, boolean otherwise) throws MalformedRowException {
    JsonValue value = object.get(field);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof JsonBoolean flag) {
      return flag.value();
    }
    throw malformed(field, "must be true or false");
  }

  @Nullable Integer number(String field) throws MalformedRowException {
    JsonValue value = object.get(field);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonNumber number
        && number.isLong()
        && number.longValue() == (int) number.longValue()) {
      return (int) number.longValue();
    }
    throw malformed(field, "must be a whole number");
  }

  @Nullable Double decimal(String field) throws MalformedRowException {
    JsonValue value = object.get(field);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonNumber number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw malformed(field, "must be a number");
  }

  @Nullable List<String> texts(String field) throws MalformedRowException {
    JsonArray items = array(field);
    if (items == null) {
      return null;
    }
    List<String> texts = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      if (!(items.get(i) instanceof JsonString text)) {
        throw malformed(field + "[" + i + "]", "must be a text");
      }
      texts.add(text.value());
    }
    return texts;
  }

  /** The objects of an array. */
  @Nullable List<Fields> objects(String field) throws MalformedRowException {
    JsonArray items = array(field);
    if (items == null) {
      return null;
    }
    List<Fields> objects = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      String place = field + "[" + i + "]";
      if (!(items.get(i) instanceof JsonObject item)) {
        throw malformed(place, "must be a mapping");
      }
      objects.add(new Fields(item, name(place)));
    }
    return objects;
  }

  /** The fields of a nested object; of an empty one where it is missing. */
  Fields object(String field) throws MalformedRowException {
    JsonValue value = object.get(field);
    if (value == null) {
      return new Fields(JsonObject.EMPTY, name(field));
    }
    if (value instanceof JsonObject nested) {
      return new Fields(nested, name(field));
    }
    throw malformed(field, "must be a mapping");
  }

  boolean has(String field) {
    return object.has(field);
  }

  /** A time span such as {@code 500ms}, {@code 8s} or {@code 2m}. */
  @Nullable Duration duration(String field) throws MalformedRowException {
    String text = text(field);
    if (text == null) {
      return null;
    }
    Matcher parts = DURATION.matcher(text);
    if (!parts.matches()) {
      throw malformed(field, "must be a time such as 500ms, 8s or 2m");
    }
    long count = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      default -> Duration.ofMinutes(count);
    };
  }

  @Nullable LocalDate date(String field) throws MalformedRowException {
    String text = text(field);
    try {
      return text == null ? null : LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw malformed(field, "must be a day such as 2026-12-31");
    }
  }

  MalformedRowException malformed(String field, String text) {
    return new MalformedRowException(name(field), text);
  }

  private @Nullable JsonArray array(String field) throws MalformedRowException {
    JsonValue value = object.get(field);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonArray items) {
      return items;
    }
    throw malformed(field, "must be a list");
  }
}
