package io.sluice.stack.iam;

import java.util.List;
import java.util.Map;

/**
 * What a caller wants to do. Immutable.
 *
 * @param action such as {@code dynamodb:GetItem}
 * @param resource an ARN
 * @param conditionKeys what conditions of policies may ask; absent keys have no value
 */
public record AwsAction(String action, String resource, Map<String, List<String>> conditionKeys) {

  public AwsAction {
    conditionKeys = Map.copyOf(conditionKeys);
  }

  public AwsAction(String action, String resource) {
    this(action, resource, Map.of());
  }
}
