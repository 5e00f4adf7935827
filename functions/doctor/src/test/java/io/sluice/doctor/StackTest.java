package io.sluice.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A stack through AWS's interfaces, healthy and with one thing broken at a time. */
class StackTest extends StackFixture {

  private static final String DENIED =
      "{\"__type\":\"AccessDeniedException\",\"message\":\"User: x is not authorized to perform:"
          + " y\"}";

  private List<String> codes() throws InterruptedException {
    return examined().codes();
  }

  @Test
  void givenHealthyStack_whenExamined_thenItsGatewayAndModelsAreFoundAndNothingIsWrong()
      throws Exception {
    Outcome outcome = examined();
    assertThat(outcome.codes()).as(outcome.out()).isEmpty();
    assertThat(outcome.details("unchecked")).singleElement().asString().contains("too soon");
    assertThat(outcome.details("ok"))
        .anyMatch(d -> d.startsWith("Test connection: small"))
        .anyMatch(d -> d.contains("1,000 sandboxes"))
        .anyMatch(d -> d.contains("2 rows, all live"))
        .anyMatch(d -> d.contains("snapshot 7 is live"))
        .anyMatch(d -> d.contains("the endpoint has 127.0.0.1"))
        .noneMatch(d -> d.contains("vectors"));
    assertThat(aws.asked()).doesNotContain("GetSecretValue", "ReceiveMessage");
  }

  @Test
  void givenNoStack_whenExamined_thenSaysSo() throws Exception {
    aws.on(
        "DescribeStacks",
        400,
        "<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code>"
            + "<Message>Stack with id duo does not exist</Message></Error></ErrorResponse>");
    assertThat(codes()).containsExactly("DR-201");
    aws.on(
        "DescribeStacks",
        403,
        "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>"
            + "<Message>not authorized to perform: cloudformation:DescribeStacks</Message></Error>"
            + "</ErrorResponse>");
    Outcome outcome = examined();
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.details("unchecked"))
        .anyMatch(d -> d.contains("cloudformation:DescribeStacks"));
    assertThat(outcome.out()).contains("No gateway could be checked").doesNotContain("Admin area");
  }

  @Test
  void givenStackStates_whenNotComplete_thenFoundOrUnchecked() throws Exception {
    HealthyStack.stack(aws, gateway.url(), gitLab.url(), "UPDATE_ROLLBACK_COMPLETE");
    assertThat(codes()).containsExactly("DR-202");
    HealthyStack.stack(aws, gateway.url(), gitLab.url(), "UPDATE_IN_PROGRESS");
    assertThat(examined().details("unchecked")).anyMatch(d -> d.contains("UPDATE_IN_PROGRESS"));
  }

  @Test
  void givenTables_whenMissingOrUnprotected_thenFound() throws Exception {
    aws.on("DescribeTable", 400, "{\"__type\":\"ResourceNotFoundException\",\"message\":\"none\"}");
    assertThat(codes()).containsExactly("DR-210");
    aws.on("DescribeTable", "{\"Table\":{\"TableStatus\":\"DELETING\"}}");
    assertThat(codes()).containsExactly("DR-210");
    aws.on("DescribeTable", "{\"Table\":{\"TableStatus\":\"ACTIVE\"}}");
    aws.on("DescribeContinuousBackups", "{\"ContinuousBackupsDescription\":{}}");
    Outcome outcome = examined();
    assertThat(outcome.codes()).containsExactly("DR-211");
    assertThat(outcome.out())
        .contains("encryption with a KMS key, deletion protection, the stream", "point-in-time");
    aws.on("DescribeTable", 400, DENIED);
    assertThat(examined().details("unchecked")).anyMatch(d -> d.contains("not authorized"));
  }

  @Test
  void givenRows_whenNotLiveOrPinnedOrOld_thenFound() throws Exception {
    HealthyStack.row(aws, "not live: model/small endpoint: is outside");
    Outcome outcome = examined();
    assertThat(outcome.codes()).containsExactly("DR-212");
    assertThat(outcome.out()).contains("1 of 2: model/small: not live: model/small endpoint");
    HealthyStack.row(aws, "");
    assertThat(examined().out()).contains("not judged yet");
    HealthyStack.row(aws, "live");
    aws.on("GetItem \"live\"", "{\"Item\":{\"number\":{\"N\":\"7\"},\"pinned\":{\"BOOL\":true}}}");
    assertThat(codes()).containsExactly("DR-213");
    aws.on("GetItem \"live\"", "{}");
    assertThat(examined().details("ok")).anyMatch(d -> d.contains("no snapshot yet"));
    HealthyStack.keys(aws, "2020-01-01T00:00:00Z");
    assertThat(codes()).containsExactly("DR-214");
    HealthyStack.keys(aws, "");
    assertThat(codes()).containsExactly("DR-214");
    aws.on("Scan", 400, DENIED);
    assertThat(examined().details("unchecked")).anyMatch(d -> d.contains("the rows: "));
  }

  @Test
  void givenFunctions_whenTheyCannotRun_thenFound() throws Exception {
    HealthyStack.function(aws, "Failed", "Successful", "");
    assertThat(codes()).containsExactly("DR-220");
    HealthyStack.function(aws, "Active", "Failed", "");
    assertThat(codes()).containsExactly("DR-220");
    aws.on(
        "GET /2015-03-31/functions/duo-router",
        404,
        "{\"Type\":\"User\",\"message\":\"Function not"
            + " found\",\"__type\":\"ResourceNotFoundException\"}");
    assertThat(codes()).containsExactly("DR-220");
    HealthyStack.function(
        aws, "Inactive", "Successful", ",\"Concurrency\":{\"ReservedConcurrentExecutions\":0}");
    assertThat(codes()).containsExactly("DR-221");
    HealthyStack.function(
        aws, "Inactive", "Successful", ",\"Concurrency\":{\"ReservedConcurrentExecutions\":9}");
    assertThat(examined().details("ok")).anyMatch(d -> d.contains("sleeps") && d.contains("9"));
  }

  @Test
  void givenAliasesMappingsAndQuota_whenBroken_thenFound() throws Exception {
    aws.on(
        "GET /2019-09-30/functions/",
        "{\"ProvisionedConcurrencyConfigs\":[{\"Status\":\"FAILED\",\"StatusReason\":\"none"
            + " left\"}]}");
    assertThat(codes()).containsExactly("DR-222");
    aws.on("GET /2019-09-30/functions/", "{\"ProvisionedConcurrencyConfigs\":[]}");
    HealthyStack.mapping(aws, "Disabled", "OK");
    assertThat(codes()).containsExactly("DR-224");
    HealthyStack.mapping(aws, "Enabled", "PROBLEM: Function call failed");
    assertThat(codes()).containsExactly("DR-224");
    HealthyStack.mapping(aws, "Enabled", "No records processed");
    HealthyStack.account(aws, 10);
    assertThat(codes()).containsExactly("DR-223");
  }

  @Test
  void givenQueuesKeysAndLogs_whenBroken_thenFound() throws Exception {
    aws.on(
        "GetQueueAttributes duo-dead", "{\"Attributes\":{\"ApproximateNumberOfMessages\":\"2\"}}");
    assertThat(codes()).containsExactly("DR-230");
    aws.on(
        "GetQueueAttributes duo-dead", "{\"Attributes\":{\"ApproximateNumberOfMessages\":\"0\"}}");
    aws.on(
        "DescribeKey arn:signing",
        "{\"KeyMetadata\":{\"KeyId\":\"k1\",\"KeyState\":\"PendingDeletion\"}}");
    aws.on("DescribeLogGroups", "{\"logGroups\":[]}");
    assertThat(codes()).containsExactly("DR-240", "DR-250");
    String group = "{\"logGroups\":[{\"logGroupName\":\"/aws/lambda/duo-router\"%s}]}";
    aws.on("DescribeLogGroups", group.formatted(""));
    assertThat(examined().out()).contains("for ever");
    aws.on("DescribeLogGroups", group.formatted(",\"retentionInDays\":1"));
    assertThat(examined().out()).contains("not encrypted");
  }

  @Test
  void givenEndpoints_whenBroken_thenFound() throws Exception {
    HealthyStack.endpoint(aws, "vpce-0sqs", "sqs", "pendingAcceptance", true, "{}");
    assertThat(codes()).containsExactly("DR-260");
    aws.on(
        "DescribeVpcEndpoints vpce-0sqs",
        400,
        "<Response><Errors><Error><Code>InvalidVpcEndpointId.NotFound</Code>"
            + "<Message>none</Message></Error></Errors></Response>");
    assertThat(codes()).containsExactly("DR-260");
    HealthyStack.endpoint(aws, "vpce-0sqs", "sqs", "available", false, "{}");
    assertThat(codes()).containsExactly("DR-261");
    HealthyStack.endpoint(
        aws,
        "vpce-0sqs",
        "sqs",
        "available",
        true,
        "{\\\"Statement\\\":{\\\"Effect\\\":\\\"Allow\\\",\\\"Action\\\":\\\"*\\\",\\\"Resource\\\":\\\"*\\\"}}");
    assertThat(codes()).containsExactly("DR-262");
    HealthyStack.endpoint(aws, "vpce-0sqs", "sqs", "available", true, "{}");
    HealthyStack.address(aws, "10.1.2.3");
    assertThat(codes()).containsExactly("DR-113");
  }

  @Test
  void givenApiOrSecrets_whenOpenOrMissing_thenFound() throws Exception {
    aws.on("GET /restapis/api1", "{\"endpointConfiguration\":{\"types\":[\"REGIONAL\"]}}");
    assertThat(codes()).containsExactly("DR-270");
    aws.on("GET /restapis/api1", "{\"endpointConfiguration\":{\"types\":[\"PRIVATE\"]}}");
    assertThat(codes()).containsExactly("DR-270");
    aws.on(
        "GET /restapis/api1",
        "{\"endpointConfiguration\":{\"types\":[\"PRIVATE\"]},\"policy\":\"aws:SourceVpce\"}");
    aws.on("DescribeSecret", "{\"Name\":\"duo/small\",\"DeletedDate\":1767000000}");
    assertThat(codes()).containsExactly("DR-280");
    aws.on(
        "DescribeSecret", 400, "{\"__type\":\"ResourceNotFoundException\",\"message\":\"none\"}");
    assertThat(codes()).containsExactly("DR-280");
  }
}
