package io.sluice.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A VPC endpoint that was there before the stack, as EC2 answers on the wire. */
class ExistingEndpointTest extends StackFixture {

  @BeforeEach
  void bringAnEndpoint() {
    HealthyStack.stack(aws, gateway.url(), gitLab.url(), "UPDATE_COMPLETE", "vpce-0old");
    group("<groups><item><groupId>sg-functions</groupId></item></groups>");
  }

  private void policy(String principal, String condition) {
    HealthyStack.endpoint(
        aws,
        "vpce-0old",
        "sqs",
        "available",
        true,
        "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":%s,\"Action\":\"sqs:Send*\",\"Resource\":\"arn:aws:sqs:*:123456789012:duo-*\"%s}}"
            .formatted(principal, condition));
  }

  private void group(String source) {
    aws.on(
        "DescribeSecurityGroups",
        """
        <DescribeSecurityGroupsResponse><securityGroupInfo><item><groupId>sg-endpoint</groupId>
        <ipPermissions><item><ipProtocol>tcp</ipProtocol><fromPort>443</fromPort>
        <toPort>443</toPort>%s</item></ipPermissions></item></securityGroupInfo>
        </DescribeSecurityGroupsResponse>
        """
            .formatted(source));
  }

  @Test
  void givenPolicyThatAdmitsTheRole_whenExamined_thenHealthy() throws Exception {
    policy(
        "\"*\"",
        ",\"Condition\":{\"StringEquals\":{\"aws:PrincipalAccount\":\"123456789012\"},"
            + "\"ArnLike\":{\"aws:PrincipalArn\":\"arn:aws:iam::*:role/duo-*\"},"
            + "\"StringEqualsIfExists\":{\"aws:SourceVpc\":[\"vpc-0\",\"vpc-1\"]}}");
    Outcome outcome = examined();
    assertThat(outcome.codes()).as(outcome.out()).isEmpty();
    assertThat(outcome.details("ok"))
        .anyMatch(d -> d.contains("vpce-0old (sqs) admits the 1 requests"))
        .anyMatch(d -> d.contains("duo-router may come in at 443"));
    policy("{\"AWS\":\"arn:aws:iam::123456789012:root\"}", "");
    assertThat(examined().codes()).isEmpty();
  }

  @Test
  void givenPolicyOfOthers_whenExamined_thenActionResourceAndRoleAreNamed() throws Exception {
    policy("{\"AWS\":\"arn:aws:iam::123456789012:role/other\"}", "");
    Outcome outcome = examined();
    assertThat(outcome.codes()).containsExactly("DR-263");
    assertThat(outcome.out())
        .contains(
            "vpce-0old (sqs): sqs:SendMessage on arn:aws:sqs:eu-central-1:123456789012:duo-audit by"
                + " arn:aws:iam::123456789012:role/duo-eu-central-1-router: no statement allows");
    policy("\"*\"", ",\"Condition\":{\"StringNotLike\":{\"aws:SourceVpce\":\"vpce-0*\"}}");
    assertThat(examined().codes()).containsExactly("DR-263");
    policy("\"*\"", ",\"Condition\":{\"Null\":{\"aws:PrincipalArn\":\"true\"}}");
    assertThat(examined().codes()).containsExactly("DR-263");
  }

  @Test
  void givenConditionThatIsNotKnown_whenExamined_thenNotJudged() throws Exception {
    policy("\"*\"", ",\"Condition\":{\"StringEquals\":{\"aws:PrincipalOrgID\":\"o-1\"}}");
    Outcome outcome = examined();
    assertThat(outcome.codes()).isEmpty();
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.details("unchecked"))
        .anyMatch(
            d -> d.contains("depends on StringEquals aws:PrincipalOrgID, which is not judged"));
    HealthyStack.endpoint(aws, "vpce-0old", "sqs", "available", true, "none");
    assertThat(examined().details("unchecked")).anyMatch(d -> d.contains("can't be read"));
  }

  @Test
  void givenApiEndpointForAnAccount_whenExamined_thenCallersWithoutIdentityAreRefused()
      throws Exception {
    policy("\"*\"", "");
    HealthyStack.endpoint(
        aws,
        "vpce-0api",
        "execute-api",
        "available",
        false,
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"},"
            + "{\"Sid\":\"Ours\",\"Effect\":\"Deny\",\"Principal\":\"*\",\"NotAction\":\"s3:*\","
            + "\"NotResource\":\"arn:aws:s3:::x\",\"Condition\":{\"StringNotEquals\":"
            + "{\"aws:PrincipalAccount\":\"123456789012\"}}}]}");
    Outcome outcome = examined();
    assertThat(outcome.codes()).isNotEmpty().containsOnly("DR-263");
    assertThat(outcome.out()).contains("by callers without an identity: Ours denies it");
  }

  @Test
  void givenSecurityGroups_whenClosedOrByAddress_thenFoundOrNotJudged() throws Exception {
    policy("\"*\"", "");
    group("<groups><item><groupId>sg-others</groupId></item></groups>");
    Outcome outcome = examined();
    assertThat(outcome.codes()).containsExactly("DR-264");
    assertThat(outcome.out()).contains("duo-router with sg-functions");
    group("<ipRanges><item><cidrIp>10.0.0.0/8</cidrIp></item></ipRanges>");
    assertThat(examined().details("unchecked")).anyMatch(d -> d.contains("by its address"));
    group("<ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges>");
    assertThat(examined().codes()).isEmpty();
  }
}
