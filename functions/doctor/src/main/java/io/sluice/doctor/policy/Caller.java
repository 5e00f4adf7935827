package io.sluice.doctor.policy;

/** Who asks, as a policy's Principal names it. */
public sealed interface Caller {

  /**
   * A session of a role.
   *
   * @param arn the role's
   * @param account the role's
   * @param byGatewayEndpoint whether it comes through a gateway endpoint, whose policies know no
   *     principal but {@code *}: an account there is its root user alone
   */
  record Role(String arn, String account, boolean byGatewayEndpoint) implements Caller {}

  /** A service of AWS, such as {@code apigateway.amazonaws.com}. */
  record Service(String name) implements Caller {}

  /** Somebody without an identity of AWS. */
  record Anonymous() implements Caller {}
}
