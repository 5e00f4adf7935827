package io.sluice.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What roles may do and functions let in, as IAM and Lambda answer on the wire. */
class PermissionsTest extends StackFixture {

  private static final String POLICY =
      "GET /2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:duo-router/policy";

  @Test
  void givenRolesThatMayAll_whenExamined_thenHealthy() throws Exception {
    Outcome outcome = examined();
    assertThat(outcome.codes()).as(outcome.out()).isEmpty();
    assertThat(outcome.details("ok"))
        .anyMatch(d -> d.matches("Permissions: .*role/duo-eu-central-1-router: all \\d+ that .*"))
        .anyMatch(d -> d.startsWith("Invocations: ") && d.endsWith("answers API api1"));
  }

  @Test
  void givenPermissionThatIsMissing_whenExamined_thenRoleActionResourceAndStatementAreNamed()
      throws Exception {
    aws.simulates("sqs%3ASendMessage", "implicitDeny", "");
    Outcome outcome = examined();
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.codes()).containsExactly("DR-290");
    assertThat(outcome.out())
        .contains(
            "role/duo-eu-central-1-router: sqs:SendMessage on"
                + " arn:aws:sqs:eu-central-1:123456789012:duo-audit: statement Audit of the role's"
                + " policy router gives it");
  }

  @Test
  void givenDenyBoundaryAndOrganisation_whenExamined_thenEachHasItsCodeAndThePolicy()
      throws Exception {
    aws.simulates(
        "dynamodb%3AGetItem",
        "explicitDeny",
        "<MatchedStatements><member><SourcePolicyId>lockdown</SourcePolicyId>"
            + "<StartPosition><Line>7</Line><Column>2</Column></StartPosition></member>"
            + "</MatchedStatements>");
    Outcome outcome = examined();
    assertThat(outcome.codes()).containsExactly("DR-291");
    assertThat(outcome.out()).contains("snapshot/any", "by lockdown line 7");
    aws.simulates(
        "dynamodb%3AGetItem",
        "implicitDeny",
        "<PermissionsBoundaryDecisionDetail><AllowedByPermissionsBoundary>false"
            + "</AllowedByPermissionsBoundary></PermissionsBoundaryDecisionDetail>");
    assertThat(examined().codes()).containsExactly("DR-292");
    aws.simulates(
        "dynamodb%3AGetItem",
        "implicitDeny",
        "<OrganizationsDecisionDetail><AllowedByOrganizations>false</AllowedByOrganizations>"
            + "</OrganizationsDecisionDetail>");
    assertThat(examined().codes()).containsExactly("DR-293");
  }

  @Test
  void givenPolicyThatAsksForWhatOnlyARequestHas_whenExamined_thenNeitherHealthyNorFound()
      throws Exception {
    aws.simulates(
        "sqs%3ASendMessage",
        "allowed",
        "<MissingContextValues><member>aws:PrincipalOrgID</member><member>kms:ViaService</member>"
            + "</MissingContextValues>");
    Outcome outcome = examined();
    assertThat(outcome.codes()).isEmpty();
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.details("unchecked"))
        .anyMatch(d -> d.contains("asks for aws:PrincipalOrgID, which only a real request has"));
    assertThat(outcome.details("ok")).noneMatch(d -> d.startsWith("Permissions"));
  }

  @Test
  void givenOperatorWhoMayNotSimulate_whenExamined_thenThePermissionIsNamed() throws Exception {
    aws.on(
        "SimulatePrincipalPolicy",
        403,
        "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not"
            + " authorized</Message></Error></ErrorResponse>");
    Outcome outcome = examined();
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.details("unchecked"))
        .anyMatch(d -> d.contains("you need iam:SimulatePrincipalPolicy on it"));
    aws.on(
        "SimulatePrincipalPolicy",
        404,
        "<ErrorResponse><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>none"
            + "</Message></Error></ErrorResponse>");
    assertThat(examined().codes()).containsExactly("DR-290");
  }

  @Test
  void givenFunctionThatLetsTheApiNotIn_whenExamined_thenFound() throws Exception {
    HealthyStack.invocation(aws, "other");
    Outcome outcome = examined();
    assertThat(outcome.codes()).isNotEmpty().containsOnly("DR-294");
    assertThat(outcome.out()).contains("api1/duo/POST/any: no statement allows it");
    aws.on(POLICY, 404, "{\"__type\":\"ResourceNotFoundException\",\"message\":\"none\"}");
    assertThat(examined().codes()).containsExactly("DR-294");
    aws.on(POLICY, "{\"Policy\":\"none\"}");
    assertThat(examined().details("unchecked")).anyMatch(d -> d.contains("can't be read"));
  }
}
