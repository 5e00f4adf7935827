package io.sluice.aws;

/**
 * What is asked of which resource, for messages.
 *
 * @param action the action that a role must be allowed, such as {@code dynamodb:GetItem}
 * @param resource kind and name of what it is done to, such as {@code table t}
 */
record AwsOperation(AwsApi service, String action, String resource) {

  /** {@code dynamodb:GetItem on table t}. */
  @Override
  public String toString() {
    return action + " on " + resource;
  }
}
