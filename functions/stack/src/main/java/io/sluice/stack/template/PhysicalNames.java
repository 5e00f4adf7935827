package io.sluice.stack.template;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names that CloudFormation and the services give to resources, made up plausibly: the same
 * stack gets the same names each time. Immutable.
 *
 * @param stack the stack's name
 */
record PhysicalNames(String stack, Account account) {

  /** The property that names a resource of that type, where a template may choose the name. */
  private static final Map<String, String> NAMING =
      Map.ofEntries(
          Map.entry("AWS::DynamoDB::Table", "TableName"),
          Map.entry("AWS::SQS::Queue", "QueueName"),
          Map.entry("AWS::Lambda::Function", "FunctionName"),
          Map.entry("AWS::Lambda::LayerVersion", "LayerName"),
          Map.entry("AWS::IAM::Role", "RoleName"),
          Map.entry("AWS::IAM::ManagedPolicy", "ManagedPolicyName"),
          Map.entry("AWS::Logs::LogGroup", "LogGroupName"),
          Map.entry("AWS::KMS::Alias", "AliasName"),
          Map.entry("AWS::ApiGateway::Stage", "StageName"),
          Map.entry("AWS::Events::Rule", "Name"),
          Map.entry("AWS::Scheduler::Schedule", "Name"),
          Map.entry("AWS::SNS::Topic", "TopicName"),
          Map.entry("AWS::CloudWatch::Alarm", "AlarmName"),
          Map.entry("AWS::CloudWatch::Dashboard", "DashboardName"));

  /** What the ids of these types begin with. */
  private static final Map<String, String> PREFIXES =
      Map.of(
          "AWS::EC2::VPC", "vpc-",
          "AWS::EC2::Subnet", "subnet-",
          "AWS::EC2::SecurityGroup", "sg-",
          "AWS::EC2::VPCEndpoint", "vpce-",
          "AWS::EC2::RouteTable", "rtb-",
          "AWS::EC2::FlowLog", "fl-",
          "AWS::EC2::SubnetRouteTableAssociation", "rtbassoc-",
          "AWS::EC2::NetworkAcl", "acl-");

  static @Nullable String namingProperty(String type) {
    return NAMING.get(type);
  }

  /** A name where the template chooses none. */
  String generated(String type, String logicalId) {
    String hash = hash(type + "/" + logicalId);
    String prefix = PREFIXES.get(type);
    if (prefix != null) {
      return prefix + hash.substring(0, 17);
    }
    return switch (type) {
      case "AWS::KMS::Key", "AWS::Lambda::EventSourceMapping" ->
          hash.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12}).*", "$1-$2-$3-$4-$5");
      case "AWS::ApiGateway::RestApi" -> hash.substring(0, 10);
      case "AWS::ApiGateway::Deployment" -> hash.substring(0, 6);
      default -> stack + "-" + logicalId + "-" + hash.substring(0, 12).toUpperCase(Locale.ROOT);
    };
  }

  private String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest((stack + "/" + text).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** What {@code Ref} gives for a resource of that type and name. */
  String reference(String type, String name) {
    return switch (type) {
      case "AWS::SQS::Queue" ->
          "https://sqs.%s.%s/%s/%s"
              .formatted(account.region(), account.urlSuffix(), account.id(), name);
      case "AWS::SNS::Topic" -> account.arn("sns", name);
      case "AWS::Lambda::LayerVersion" -> account.arn("lambda", "layer:" + name + ":1");
      case "AWS::IAM::ManagedPolicy" -> account.globalArn("iam", "policy/" + name);
      case "AWS::CloudFormation::Stack" ->
          account.arn("cloudformation", "stack/" + name + "/" + hash("id").substring(0, 32));
      default -> name;
    };
  }

  /** The ARN of a function given by its name or its ARN. */
  String functionArn(String nameOrArn) {
    return nameOrArn.startsWith("arn:")
        ? nameOrArn
        : account.arn("lambda", "function:" + nameOrArn);
  }

  /**
   * An attribute of a resource of that type.
   *
   * @return {@code null} where the type has no such attribute, as far as is known here
   */
  @Nullable String attribute(String type, String name, String attribute) {
    return switch (type + " " + attribute) {
      case "AWS::DynamoDB::Table Arn" -> account.arn("dynamodb", "table/" + name);
      case "AWS::DynamoDB::Table StreamArn" ->
          account.arn("dynamodb", "table/" + name + "/stream/2026-11-01T00:00:00.000");
      case "AWS::SQS::Queue Arn" -> account.arn("sqs", name);
      case "AWS::SQS::Queue QueueName" -> name;
      case "AWS::SQS::Queue QueueUrl" -> reference(type, name);
      case "AWS::KMS::Key Arn" -> account.arn("kms", "key/" + name);
      case "AWS::KMS::Key KeyId" -> name;
      case "AWS::Lambda::Function Arn" -> functionArn(name);
      case "AWS::Lambda::Version Version" -> "1";
      case "AWS::Lambda::LayerVersion LayerVersionArn" -> reference(type, name);
      case "AWS::IAM::Role RoleId" -> "AROA" + hash(name).substring(0, 17).toUpperCase(Locale.ROOT);
      case "AWS::Logs::LogGroup Arn" -> account.arn("logs", "log-group:" + name + ":*");
      case "AWS::Events::Rule Arn" -> account.arn("events", "rule/" + name);
      case "AWS::CloudWatch::Alarm Arn" -> account.arn("cloudwatch", "alarm:" + name);
      case "AWS::ApiGateway::DomainNameV2 DomainNameArn" ->
          account.arn("apigateway", "/domainnames/" + name);
      case "AWS::SNS::Topic TopicArn" -> reference(type, name);
      case "AWS::ApiGateway::RestApi RootResourceId" -> hash("root" + name).substring(0, 10);
      case "AWS::ApiGateway::RestApi RestApiId" -> name;
      case "AWS::EC2::SecurityGroup GroupId",
          "AWS::EC2::VPC VpcId",
          "AWS::EC2::Subnet SubnetId",
          "AWS::EC2::VPCEndpoint Id",
          "AWS::EC2::RouteTable RouteTableId" ->
          name;
      case "AWS::EC2::SecurityGroup VpcId" -> "vpc-" + hash("vpc").substring(0, 17);
      case "AWS::EC2::VPC DefaultSecurityGroup" -> "sg-" + hash(name).substring(0, 17);
      case "AWS::EC2::VPC CidrBlock" -> "10.0.0.0/16";
      default -> null;
    };
  }
}
