package io.sluice.doctor;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/** The answers of a healthy stack. */
final class HealthyStack {

  private static final String ARN =
      "arn:aws:lambda:eu-central-1:123456789012:function:duo-publisher";
  private static final String ROUTER =
      "arn:aws:lambda:eu-central-1:123456789012:function:duo-router";
  private static final String OPEN =
      "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}]}";
  private static final String TABLE =
      """
      {"Table":{"TableStatus":"ACTIVE","SSEDescription":{"Status":"ENABLED"},
       "DeletionProtectionEnabled":true,"StreamSpecification":{"StreamEnabled":true}}}
      """;

  private HealthyStack() {}

  static void answer(AwsDouble aws, String url, String gitLab) {
    stack(aws, url, gitLab, "UPDATE_COMPLETE");
    aws.on(
        "ListStackResources",
        resources(Map.of("Everything", "AWS::CloudFormation::Stack arn:nested")));
    aws.on(
        "ListStackResources arn%3Anested",
        resources(
            Map.of(
                "Api", "AWS::ApiGateway::RestApi api1",
                "Router", "AWS::Lambda::Function duo-router",
                "PublisherLive", "AWS::Lambda::Alias " + ARN + ":live",
                "PublisherStream", "AWS::Lambda::EventSourceMapping map1",
                "Routes", "AWS::DynamoDB::Table duo-routes",
                "Audit", "AWS::SQS::Queue https://sqs.eu-central-1.amazonaws.com/1/duo-audit",
                "AuditDeadLetters", "AWS::SQS::Queue https://sqs.x/1/duo-dead",
                "Log", "AWS::Logs::LogGroup /aws/lambda/duo-router",
                "Sqs", "AWS::EC2::VPCEndpoint vpce-0sqs",
                "NotMade", "AWS::KMS::Key ")));
    aws.on(
        "GET /restapis/api1",
        "{\"id\":\"api1\",\"endpointConfiguration\":{\"types\":[\"PRIVATE\"]},"
            + "\"policy\":\"{aws:SourceVpce}\"}");
    endpoint(aws, "vpce-0sqs", "sqs", "available", true, "{\\\"Statement\\\":[]}");
    endpoint(aws, "vpce-0api", "execute-api", "Available", false, OPEN);
    address(aws, "127.0.0.1");
    function(aws, "Active", "Successful", "");
    aws.on("GET /2015-03-31/functions/" + encoded(ARN) + "/aliases/live", alias());
    aws.on("GET /2015-03-31/functions/" + ARN + "/aliases/live", alias());
    aws.on("GET /2019-09-30/functions/", "{\"ProvisionedConcurrencyConfigs\":[]}");
    aws.simulates("", "allowed", "");
    invocation(aws, "api1");
    mapping(aws, "Enabled", "OK");
    account(aws, 1_000);
    aws.on("DescribeTable", TABLE);
    aws.on(
        "DescribeContinuousBackups",
        """
        {"ContinuousBackupsDescription":{"ContinuousBackupsStatus":"ENABLED",
         "PointInTimeRecoveryDescription":{"PointInTimeRecoveryStatus":"ENABLED"}}}
        """);
    row(aws, "live");
    aws.on("GetItem", "{}");
    aws.on("GetItem \"live\"", "{\"Item\":{\"number\":{\"N\":\"7\"}}}");
    keys(aws, Instant.now().toString());
    aws.on("DescribeSecret", "{\"Name\":\"duo/small\"}");
    aws.on("GetQueueAttributes", "{\"Attributes\":{\"ApproximateNumberOfMessages\":\"3\"}}");
    aws.on(
        "GetQueueAttributes duo-dead", "{\"Attributes\":{\"ApproximateNumberOfMessages\":\"0\"}}");
    aws.on("DescribeKey", "{\"KeyMetadata\":{\"KeyId\":\"k1\",\"KeyState\":\"Enabled\"}}");
    aws.on(
        "DescribeLogGroups",
        "{\"logGroups\":[{\"logGroupName\":\"/aws/lambda/duo-router\",\"retentionInDays\":90,"
            + "\"kmsKeyId\":\"k1\"}]}");
  }

  static void stack(AwsDouble aws, String url, String gitLab, String status) {
    stack(aws, url, gitLab, status, "create");
  }

  static void stack(AwsDouble aws, String url, String gitLab, String status, String sqsEndpoint) {
    aws.on(
        "DescribeStacks",
        """
        <DescribeStacksResponse><DescribeStacksResult><Stacks><member>
        <StackName>duo</StackName><StackStatus>%s</StackStatus>
        <Parameters>
        <member><ParameterKey>SqsEndpoint</ParameterKey><ParameterValue>%s</ParameterValue></member>
        <member><ParameterKey>GitLabUrls</ParameterKey><ParameterValue>%s</ParameterValue></member>
        <member><ParameterKey>ModelSecret</ParameterKey><ParameterValue></ParameterValue></member>
        </Parameters>
        <Outputs>%s</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>
        """
            .formatted(
                status,
                sqsEndpoint,
                gitLab,
                Map.of(
                        "ApiUrl", url,
                        "RoutesTable", "duo-routes",
                        "StateTable", "duo-state",
                        "KeyArn", "arn:key",
                        "SigningKeyArn", "arn:signing",
                        "ExecuteApiEndpoints", "vpce-0api")
                    .entrySet()
                    .stream()
                    .map(
                        output ->
                            "<member><OutputKey>%s</OutputKey><OutputValue>%s</OutputValue></member>"
                                .formatted(output.getKey(), output.getValue()))
                    .collect(Collectors.joining())));
  }

  private static String resources(Map<String, String> typesAndIds) {
    return "<ListStackResourcesResponse><ListStackResourcesResult><StackResourceSummaries>"
        + typesAndIds.entrySet().stream()
            .map(
                entry ->
                    "<member><LogicalResourceId>%s</LogicalResourceId><ResourceType>%s</ResourceType><PhysicalResourceId>%s</PhysicalResourceId></member>"
                        .formatted(
                            entry.getKey(),
                            entry.getValue().split(" ", 2)[0],
                            entry.getValue().split(" ", 2)[1]))
            .collect(Collectors.joining())
        + "</StackResourceSummaries></ListStackResourcesResult></ListStackResourcesResponse>";
  }

  static void endpoint(
      AwsDouble aws, String id, String service, String state, boolean dns, String policy) {
    aws.on(
        "DescribeVpcEndpoints " + id,
        """
        <DescribeVpcEndpointsResponse><vpcEndpointSet><item><vpcEndpointId>%s</vpcEndpointId>
        <vpcEndpointType>Interface</vpcEndpointType>
        <serviceName>com.amazonaws.eu-central-1.%s</serviceName><state>%s</state>
        <privateDnsEnabled>%s</privateDnsEnabled><policyDocument>%s</policyDocument>
        <vpcId>vpc-1</vpcId><groupSet><item><groupId>sg-endpoint</groupId></item></groupSet>
        <networkInterfaceIdSet><item>eni-1</item></networkInterfaceIdSet>
        </item></vpcEndpointSet></DescribeVpcEndpointsResponse>
        """
            .formatted(
                id, service, state, dns, policy.replace("\\\"", "&quot;").replace("\"", "&quot;")));
  }

  static void address(AwsDouble aws, String address) {
    aws.on(
        "DescribeNetworkInterfaces",
        """
        <DescribeNetworkInterfacesResponse><networkInterfaceSet><item>
        <privateIpAddress>%s</privateIpAddress></item></networkInterfaceSet>
        </DescribeNetworkInterfacesResponse>
        """
            .formatted(address));
  }

  static void function(AwsDouble aws, String state, String update, String concurrency) {
    aws.on(
        "GET /2015-03-31/functions/duo-router",
        """
        {"Configuration":{"FunctionName":"duo-router","State":"%s","LastUpdateStatus":"%s",
         "FunctionArn":"%s","Role":"arn:aws:iam::123456789012:role/duo-eu-central-1-router",
         "VpcConfig":{"SubnetIds":["subnet-1"],"SecurityGroupIds":["sg-functions"]},
         "StateReason":"The key is disabled"}%s}
        """
            .formatted(state, update, ROUTER, concurrency));
  }

  static void invocation(AwsDouble aws, String api) {
    aws.on(
        "GET /2015-03-31/functions/" + ROUTER + "/policy",
        """
        {"Policy":"{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[{\\"Sid\\":\\"Api\\",\\"Effect\\":\\"Allow\\",\\"Principal\\":{\\"Service\\":\\"apigateway.amazonaws.com\\"},\\"Action\\":\\"lambda:InvokeFunction\\",\\"Resource\\":\\"%s\\",\\"Condition\\":{\\"StringEquals\\":{\\"AWS:SourceAccount\\":\\"123456789012\\"},\\"ArnLike\\":{\\"AWS:SourceArn\\":\\"arn:aws:execute-api:eu-central-1:123456789012:%s/*/*\\"}}}]}"}
        """
            .formatted(ROUTER, api));
  }

  static void mapping(AwsDouble aws, String state, String result) {
    aws.on(
        "GET /2015-03-31/event-source-mappings/map1",
        "{\"UUID\":\"map1\",\"State\":\"%s\",\"LastProcessingResult\":\"%s\"}"
            .formatted(state, result));
  }

  static void account(AwsDouble aws, int quota) {
    aws.on(
        "GET /2016-08-19/account-settings",
        "{\"AccountLimit\":{\"ConcurrentExecutions\":%d,\"UnreservedConcurrentExecutions\":%d}}"
            .formatted(quota, quota - 1));
  }

  static void row(AwsDouble aws, String status) {
    aws.on(
        "Scan",
        """
        {"Items":[{"kind":{"S":"model"},"name":{"S":"small"},"status":{"S":"%s"},
         "secret":{"S":"small"},"family":{"S":"mistral"}},
         {"kind":{"S":"model"},"name":{"S":"vectors"},"status":{"S":"live"},
         "family":{"S":"embedding"}}],"Count":2}
        """
            .formatted(status));
  }

  static void keys(AwsDouble aws, String fetchedAt) {
    aws.on("GetItem keys/", "{\"Item\":{\"fetched_at\":{\"S\":\"%s\"}}}".formatted(fetchedAt));
  }

  private static String alias() {
    return "{\"FunctionVersion\":\"3\"}";
  }

  private static String encoded(String text) {
    return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
  }
}
