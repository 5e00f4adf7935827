package io.sluice.stack.template;

import java.util.List;

/**
 * Where a stack is deployed: what the pseudo parameters say. Immutable.
 *
 * @param id the account's twelve digits
 * @param zones availability zones of the Region, as {@code Fn::GetAZs} lists them
 */
public record Account(
    String id, String region, String partition, String urlSuffix, List<String> zones) {

  /** An account of AWS's own documentation, in Frankfurt. */
  public static final Account EXAMPLE =
      new Account(
          "123456789012",
          "eu-central-1",
          "aws",
          "amazonaws.com",
          List.of("eu-central-1a", "eu-central-1b", "eu-central-1c"));

  public Account {
    zones = List.copyOf(zones);
  }

  /** The ARN of a resource of that service here. */
  public String arn(String service, String resource) {
    return "arn:" + partition + ":" + service + ":" + region + ":" + id + ":" + resource;
  }

  /** The ARN of a resource of a service without Regions, such as IAM. */
  public String globalArn(String service, String resource) {
    return "arn:" + partition + ":" + service + "::" + id + ":" + resource;
  }
}
