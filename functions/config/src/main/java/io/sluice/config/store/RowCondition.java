package io.sluice.config.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The condition that a row is still what was read. DynamoDB has none on an item as a whole, so
 * every attribute is compared.
 *
 * @param expression the condition
 * @param names the attribute names in it
 * @param values the values in it
 */
public record RowCondition(
    String expression, Map<String, String> names, Map<String, AttributeValue> values) {

  /** DynamoDB allows 300 operators; rows of more attributes are wrong, and compared in part. */
  private static final int MOST = 100;

  public RowCondition {
    names = Map.copyOf(names);
    values = Map.copyOf(values);
  }

  /**
   * The row is what it was.
   *
   * @param row what was read, {@code null} for no row
   * @param compared the attributes that must not have changed
   */
  public static RowCondition unchanged(@Nullable RowItem row, Predicate<String> compared) {
    if (row == null) {
      return new RowCondition("attribute_not_exists(#kind)", Map.of("#kind", "kind"), Map.of());
    }
    List<String> conditions = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    Map<String, AttributeValue> values = new HashMap<>();
    for (Map.Entry<String, AttributeValue> attribute : new TreeMap<>(row.attributes()).entrySet()) {
      int number = conditions.size();
      if (number < MOST && compared.test(attribute.getKey())) {
        names.put("#c" + number, attribute.getKey());
        values.put(":c" + number, attribute.getValue());
        conditions.add("#c" + number + " = :c" + number);
      }
    }
    return new RowCondition(String.join(" AND ", conditions), names, values);
  }
}
