package io.sluice.stack.iam;

import io.sluice.stack.template.ResolvedStack;
import io.sluice.stack.template.Resource;
import java.util.List;

/**
 * The resource policies of functions: which service may invoke them for which source. Immutable.
 */
public record InvokePermissions(List<Grant> grants) {

  /**
   * An {@code AWS::Lambda::Permission}.
   *
   * @param functionArn with its qualifier
   */
  public record Grant(String functionArn, String principal, String sourceArn) {}

  public InvokePermissions {
    grants = List.copyOf(grants);
  }

  public static InvokePermissions of(ResolvedStack stack) {
    return new InvokePermissions(
        stack.ofType("AWS::Lambda::Permission").map(one -> grant(one, stack)).toList());
  }

  private static Grant grant(Resource permission, ResolvedStack stack) {
    String function = permission.text("FunctionName");
    String arn =
        function.startsWith("arn:")
            ? function
            : stack.account().arn("lambda", "function:" + function);
    if (!permission.text("Action").equals("lambda:InvokeFunction")) {
      throw new IllegalArgumentException(permission.place() + " permits no InvokeFunction");
    }
    return new Grant(arn, permission.text("Principal"), permission.text("SourceArn", "*"));
  }

  /** Whether that service may invoke the function on behalf of that source. */
  public boolean allows(String functionArn, String principal, String sourceArn) {
    return grants.stream()
        .anyMatch(
            grant ->
                grant.functionArn().equals(functionArn)
                    && grant.principal().equals(principal)
                    && Wildcard.matches(grant.sourceArn(), sourceArn));
  }
}
