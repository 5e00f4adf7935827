package io.sluice.stack.iam;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import io.sluice.stack.template.ResolvedStack;
import io.sluice.stack.template.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The roles of a stack: what each of its functions may do. Immutable. */
public final class Roles {

  private final Map<String, List<PolicyStatement>> byArn;
  private final Map<String, List<PolicyStatement>> keyPolicies;

  private Roles(
      Map<String, List<PolicyStatement>> byArn, Map<String, List<PolicyStatement>> keyPolicies) {
    this.byArn = byArn;
    this.keyPolicies = keyPolicies;
  }

  /** The roles and key policies of a stack. Managed policies of AWS's own are not known here. */
  public static Roles of(ResolvedStack stack) {
    Map<String, List<PolicyStatement>> byArn = new HashMap<>();
    stack
        .ofType("AWS::IAM::Role")
        .forEach(
            role -> {
              List<PolicyStatement> all = new ArrayList<>();
              for (JsonObject policy : role.objects("Policies")) {
                all.addAll(statements(role.place(), policy.object("PolicyDocument")));
              }
              byArn.put(arn(role, stack), all);
            });
    for (String type : List.of("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy")) {
      stack
          .ofType(type)
          .forEach(
              policy ->
                  stack
                      .ofType("AWS::IAM::Role")
                      .filter(role -> policy.texts("Roles").contains(role.physicalId()))
                      .forEach(
                          role ->
                              byArn
                                  .computeIfAbsent(arn(role, stack), a -> new ArrayList<>())
                                  .addAll(
                                      statements(
                                          policy.place(), policy.object("PolicyDocument")))));
    }
    Map<String, List<PolicyStatement>> keys = new HashMap<>();
    stack
        .ofType("AWS::KMS::Key")
        .forEach(
            key ->
                keys.put(
                    stack.account().arn("kms", "key/" + key.physicalId()),
                    statements(key.place(), key.object("KeyPolicy"))));
    return new Roles(byArn, keys);
  }

  private static String arn(Resource role, ResolvedStack stack) {
    return stack.account().globalArn("iam", "role" + role.text("Path", "/") + role.physicalId());
  }

  private static List<PolicyStatement> statements(String place, @Nullable JsonObject document) {
    JsonArray statements = document == null ? null : document.array("Statement");
    List<PolicyStatement> all = new ArrayList<>();
    for (JsonValue statement : statements == null ? JsonArray.EMPTY : statements) {
      all.add(new PolicyStatement(place, (JsonObject) statement));
    }
    return all;
  }

  public boolean has(String roleArn) {
    return byArn.containsKey(roleArn);
  }

  /**
   * Judges a call.
   *
   * @param functionArn whose code calls
   * @return why it is refused, in AWS's words; {@code null} where it is allowed
   */
  public @Nullable String refusal(String roleArn, String functionArn, AwsAction call) {
    Map<String, List<String>> keys = new HashMap<>(call.conditionKeys());
    keys.put("aws:PrincipalArn", List.of(roleArn));
    keys.put("lambda:SourceFunctionArn", List.of(functionArn));
    keys.put("aws:SecureTransport", List.of("true"));
    AwsAction whole = new AwsAction(call.action(), call.resource(), keys);
    List<PolicyStatement> identity =
        byArn.getOrDefault(roleArn, List.of()).stream().filter(s -> s.matches(whole)).toList();
    // A key policy gives the whole account to IAM; what it denies is denied.
    boolean deniedByKey =
        keyPolicies.getOrDefault(call.resource(), List.of()).stream()
            .anyMatch(s -> !s.allows() && s.matches(new AwsAction(call.action(), "*", keys)));
    if (deniedByKey || identity.stream().anyMatch(statement -> !statement.allows())) {
      return sentence(roleArn, call, "with an explicit deny");
    }
    return identity.isEmpty()
        ? sentence(
            roleArn,
            call,
            "because no identity-based policy allows the " + call.action() + " action")
        : null;
  }

  private static String sentence(String roleArn, AwsAction call, String why) {
    return "User: %s is not authorized to perform: %s on resource: %s %s"
        .formatted(roleArn, call.action(), call.resource(), why);
  }
}
