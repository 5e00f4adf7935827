package io.sluice.config.store;

import io.sluice.config.row.RowDocument;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A row as its table holds it.
 *
 * @param document the row
 * @param attributes the item, the publisher's attributes too
 */
public record RowItem(RowDocument document, Map<String, AttributeValue> attributes) {

  public RowItem {
    attributes = Map.copyOf(attributes);
  }

  /** A text that the publisher wrote; empty where there is none. */
  public String written(String attribute) {
    AttributeValue value = attributes.get(attribute);
    return value == null || value.s() == null ? "" : value.s();
  }
}
