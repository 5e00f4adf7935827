package io.sluice.stack;

import java.util.Map;

/** Parameters of deployments, as an administrator would give them. */
public final class Deployments {

  private Deployments() {}

  /** A new VPC and nothing else: what every deployment must say, with no default model. */
  public static Map<String, String> newVpc() {
    return Map.of(
        "GitLabUrls", "https://gitlab.corp.example",
        "GitLabCidr", "10.0.0.0/8",
        "ModelEndpoint", "",
        "ModelName", "",
        "VpcId", "",
        "SubnetIds", "",
        "DynamoDbPrefixList", "pl-0123456789abcdef0");
  }
}
