package io.sluice.doctor.stack;

import java.util.List;
import java.util.Map;

/**
 * A function of the stack, as Lambda knows it. Immutable.
 *
 * @param name with the stack's, such as {@code duo-router}
 * @param kind without it: {@code router}
 * @param arn without a qualifier
 * @param role the ARN of its role
 */
record DeployedFunction(
    String name,
    String kind,
    String arn,
    String role,
    List<String> subnets,
    List<String> securityGroups) {

  private static final int PARTITION = 1;
  private static final int REGION = 3;
  private static final int ACCOUNT = 4;

  DeployedFunction {
    subnets = List.copyOf(subnets);
    securityGroups = List.copyOf(securityGroups);
  }

  String partition() {
    return part(PARTITION);
  }

  String region() {
    return part(REGION);
  }

  String account() {
    return part(ACCOUNT);
  }

  private String part(int number) {
    return arn.split(":", -1)[number];
  }

  /** The condition keys that all requests of its own code have, whatever they ask. */
  Map<String, List<String>> context() {
    return Map.of(
        "aws:PrincipalArn", List.of(role),
        "aws:PrincipalAccount", List.of(account()),
        "aws:RequestedRegion", List.of(region()),
        "aws:SecureTransport", List.of("true"),
        "aws:ViaAWSService", List.of("false"),
        "lambda:SourceFunctionArn", List.of(arn));
  }
}
