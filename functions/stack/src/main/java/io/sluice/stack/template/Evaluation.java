package io.sluice.stack.template;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the intrinsic functions of one template. A function that isn't known is an error that
 * names it. Immutable; as thread-safe as what it looks things up in.
 */
final class Evaluation {

  private final Names names;

  /** What a template's functions look up. */
  interface Names {
    /** The value of {@code Ref}; {@code null} is {@code AWS::NoValue}. */
    @Nullable JsonValue ref(String name, String place);

    JsonValue attribute(String resource, String attribute, String place);

    boolean condition(String name, String place);

    @Nullable JsonValue mapping(String map, String first, String second);

    Account account();
  }

  Evaluation(Names names) {
    this.names = names;
  }

  /** The value, or an exception that says where none is. */
  JsonValue required(JsonValue value, String place) {
    JsonValue evaluated = value(value, place);
    if (evaluated == null) {
      throw new UnresolvedException(place, "AWS::NoValue can't stand here");
    }
    return evaluated;
  }

  /** The value as text. */
  String text(JsonValue value, String place) {
    JsonValue evaluated = required(value, place);
    if (evaluated instanceof JsonObject || evaluated instanceof JsonArray) {
      throw new UnresolvedException(place, "a list or an object where text is needed");
    }
    return TemplateParameter.text(evaluated);
  }

  /** The value as a list. */
  List<JsonValue> list(JsonValue value, String place) {
    if (required(value, place) instanceof JsonArray array) {
      return array.items();
    }
    throw new UnresolvedException(place, "no list");
  }

  /** The value; {@code null} is {@code AWS::NoValue}, which removes what it stands for. */
  @Nullable JsonValue value(JsonValue value, String place) {
    return switch (value) {
      case JsonArray array -> {
        List<JsonValue> items = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
          JsonValue item = value(array.get(i), place + "[" + i + "]");
          if (item != null) {
            items.add(item);
          }
        }
        yield new JsonArray(items);
      }
      case JsonObject object -> object(object, place);
      case JsonString text -> {
        if (text.value().contains("{{resolve:")) {
          throw new UnresolvedException(place, "dynamic references are not looked up");
        }
        yield text;
      }
      case JsonValue other -> other;
    };
  }

  private @Nullable JsonValue object(JsonObject object, String place) {
    if (object.members().size() == 1) {
      Map.Entry<String, JsonValue> only = object.members().entrySet().iterator().next();
      if (only.getKey().equals("Ref") || only.getKey().startsWith("Fn::")) {
        return function(only.getKey(), only.getValue(), place);
      }
    }
    Map<String, JsonValue> members = new LinkedHashMap<>();
    object
        .members()
        .forEach(
            (name, member) -> {
              JsonValue evaluated = value(member, place + "." + name);
              if (evaluated != null) {
                members.put(name, evaluated);
              }
            });
    return new JsonObject(members);
  }

  private @Nullable JsonValue function(String name, JsonValue argument, String place) {
    return switch (name) {
      case "Ref" -> names.ref(text(argument, place), place);
      case "Fn::GetAtt" -> attribute(argument, place);
      case "Fn::Sub" -> new JsonString(new Substitution(this, names).of(argument, place));
      case "Fn::Join" -> join(arguments(argument, 2, place), place);
      case "Fn::Select" -> select(arguments(argument, 2, place), place);
      case "Fn::Split" -> split(arguments(argument, 2, place), place);
      case "Fn::If" -> choose(arguments(argument, 3, place), place);
      case "Fn::FindInMap" -> find(argument, place);
      case "Fn::GetAZs" -> JsonArray.of(names.account().zones());
      case "Fn::Cidr" -> cidr(argument, place);
      case "Fn::Base64" ->
          new JsonString(
              java.util.Base64.getEncoder()
                  .encodeToString(
                      text(argument, place).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
      case "Fn::Length" -> JsonValue.of(list(argument, place).size());
      case "Fn::ToJsonString" ->
          new JsonString(io.sluice.core.json.Json.text(required(argument, place)));
      case "Fn::Equals", "Fn::And", "Fn::Or", "Fn::Not" ->
          throw new UnresolvedException(place, name + " stands outside of Conditions");
      default -> throw new UnresolvedException(place, "the function " + name + " is not known");
    };
  }

  private JsonValue attribute(JsonValue argument, String place) {
    String resource;
    String attribute;
    if (argument instanceof JsonArray array && array.size() == 2) {
      resource = text(array.get(0), place);
      attribute = text(array.get(1), place);
    } else {
      String whole = text(argument, place);
      int dot = whole.indexOf('.');
      if (dot < 0) {
        throw new UnresolvedException(place, "Fn::GetAtt " + whole + " names no attribute");
      }
      resource = whole.substring(0, dot);
      attribute = whole.substring(dot + 1);
    }
    return names.attribute(resource, attribute, place);
  }

  private JsonValue join(List<JsonValue> arguments, String place) {
    List<String> items =
        list(arguments.get(1), place).stream().map(item -> text(item, place)).toList();
    return new JsonString(String.join(text(arguments.get(0), place), items));
  }

  private JsonValue select(List<JsonValue> arguments, String place) {
    int index = Integer.parseInt(text(arguments.get(0), place));
    List<JsonValue> items = list(arguments.get(1), place);
    if (index < 0 || index >= items.size()) {
      throw new UnresolvedException(place, "Fn::Select " + index + " of " + items.size());
    }
    return items.get(index);
  }

  private JsonValue split(List<JsonValue> arguments, String place) {
    String separator = text(arguments.get(0), place);
    String whole = text(arguments.get(1), place);
    return JsonArray.of(List.of(whole.split(java.util.regex.Pattern.quote(separator), -1)));
  }

  private @Nullable JsonValue choose(List<JsonValue> arguments, String place) {
    boolean holds = names.condition(text(arguments.get(0), place), place);
    return value(arguments.get(holds ? 1 : 2), place);
  }

  private JsonValue find(JsonValue argument, String place) {
    List<JsonValue> keys = argument instanceof JsonArray array ? array.items() : List.of();
    if (keys.size() < 3) {
      throw new UnresolvedException(place, "Fn::FindInMap needs a map and two keys");
    }
    String map = text(keys.get(0), place);
    String first = text(keys.get(1), place);
    String second = text(keys.get(2), place);
    JsonValue found = names.mapping(map, first, second);
    if (found == null && keys.size() > 3 && keys.get(3) instanceof JsonObject otherwise) {
      found = otherwise.get("DefaultValue");
    }
    if (found == null) {
      throw new UnresolvedException(place, "no mapping " + map + "." + first + "." + second);
    }
    return required(found, place);
  }

  private JsonValue cidr(JsonValue argument, String place) {
    List<JsonValue> arguments = argument instanceof JsonArray array ? array.items() : List.of();
    if (arguments.size() != 3) {
      throw new UnresolvedException(place, "Fn::Cidr needs a block, a count and bits");
    }
    return JsonArray.of(
        CidrBlocks.of(
            text(arguments.get(0), place),
            Integer.parseInt(text(arguments.get(1), place)),
            Integer.parseInt(text(arguments.get(2), place))));
  }

  private static List<JsonValue> arguments(JsonValue argument, int count, String place) {
    if (argument instanceof JsonArray array && array.size() == count) {
      return array.items();
    }
    throw new UnresolvedException(place, "the function needs " + count + " arguments");
  }
}
