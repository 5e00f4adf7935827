package io.sluice.stack;

import io.sluice.stack.template.ResolvedStack;
import io.sluice.stack.template.UnresolvedException;
import java.util.Set;

/** The types of resources that are run here, and those that need no running. */
final class KnownTypes {

  private static final Set<String> RUN =
      Set.of(
          "AWS::ApiGateway::RestApi",
          "AWS::ApiGateway::Stage",
          "AWS::DynamoDB::Table",
          "AWS::Events::Rule",
          "AWS::IAM::ManagedPolicy",
          "AWS::IAM::Policy",
          "AWS::IAM::Role",
          "AWS::KMS::Key",
          "AWS::Lambda::Alias",
          "AWS::Lambda::EventInvokeConfig",
          "AWS::Lambda::EventSourceMapping",
          "AWS::Lambda::Function",
          "AWS::Lambda::LayerVersion",
          "AWS::Lambda::Permission",
          "AWS::Lambda::Version",
          "AWS::SQS::Queue");

  /** Network, names, logs and alarms: nothing of a request passes them on this machine. */
  private static final Set<String> NOT_RUN =
      Set.of(
          "AWS::ApiGateway::Account",
          "AWS::ApiGateway::BasePathMappingV2",
          "AWS::ApiGateway::Deployment",
          "AWS::ApiGateway::DomainNameAccessAssociation",
          "AWS::ApiGateway::DomainNameV2",
          "AWS::CloudWatch::Alarm",
          "AWS::CloudWatch::Dashboard",
          "AWS::EC2::RouteTable",
          "AWS::EC2::SecurityGroup",
          "AWS::EC2::SecurityGroupEgress",
          "AWS::EC2::SecurityGroupIngress",
          "AWS::EC2::Subnet",
          "AWS::EC2::SubnetRouteTableAssociation",
          "AWS::EC2::VPC",
          "AWS::EC2::VPCEndpoint",
          "AWS::KMS::Alias",
          "AWS::Logs::LogGroup",
          "AWS::Logs::MetricFilter",
          "AWS::SQS::QueuePolicy");

  private KnownTypes() {}

  /** Throws for a resource of another type: it would be missing silently. */
  static void judge(ResolvedStack stack) {
    stack.resources().stream()
        .filter(one -> !RUN.contains(one.type()) && !NOT_RUN.contains(one.type()))
        .forEach(
            one -> {
              throw new UnresolvedException(
                  one.place(), "the type " + one.type() + " is not known");
            });
  }
}
