package io.sluice.config.store;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonBoolean;
import io.sluice.core.json.JsonNull;
import io.sluice.core.json.JsonNumber;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** JSON as the items of tables hold it. Pure functions. */
public final class DynamoDbItems {

  private DynamoDbItems() {}

  /** The item of a row's fields. */
  public static Map<String, AttributeValue> item(JsonObject fields) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    fields.members().forEach((name, value) -> item.put(name, attribute(value)));
    return item;
  }

  private static AttributeValue attribute(JsonValue value) {
    return switch (value) {
      case JsonObject object -> AttributeValue.fromM(item(object));
      case JsonArray array ->
          AttributeValue.fromL(
              StreamSupport.stream(array.spliterator(), false)
                  .map(DynamoDbItems::attribute)
                  .toList());
      case JsonString text -> AttributeValue.fromS(text.value());
      case JsonNumber number -> AttributeValue.fromN(number.text());
      case JsonBoolean flag -> AttributeValue.fromBool(flag.value());
      case JsonNull _ -> AttributeValue.fromNul(true);
    };
  }
}
