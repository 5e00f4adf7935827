"""docs/deploy-permissions.md lets a role make every kind of resource that the templates have."""

import json
import re
import unittest
from pathlib import Path

from templates import Templates

PAGE = Path(__file__).resolve().parents[2] / "docs" / "deploy-permissions.md"

# What makes a resource of that type.
CREATES = {
    "AWS::ApiGateway::Account": "apigateway:PATCH",
    "AWS::ApiGateway::BasePathMappingV2": "apigateway:POST",
    "AWS::ApiGateway::Deployment": "apigateway:POST",
    "AWS::ApiGateway::DomainNameAccessAssociation": "apigateway:CreateAccessAssociation",
    "AWS::ApiGateway::DomainNameV2": "apigateway:POST",
    "AWS::ApiGateway::RestApi": "apigateway:POST",
    "AWS::ApiGateway::Stage": "apigateway:POST",
    "AWS::CloudFormation::Stack": "cloudformation:CreateStack",
    "AWS::CloudWatch::Alarm": "cloudwatch:PutMetricAlarm",
    "AWS::CloudWatch::Dashboard": "cloudwatch:PutDashboard",
    "AWS::DynamoDB::Table": "dynamodb:CreateTable",
    "AWS::EC2::RouteTable": "ec2:CreateRouteTable",
    "AWS::EC2::SecurityGroup": "ec2:CreateSecurityGroup",
    "AWS::EC2::SecurityGroupEgress": "ec2:AuthorizeSecurityGroupEgress",
    "AWS::EC2::Subnet": "ec2:CreateSubnet",
    "AWS::EC2::SubnetRouteTableAssociation": "ec2:AssociateRouteTable",
    "AWS::EC2::VPC": "ec2:CreateVpc",
    "AWS::EC2::VPCEndpoint": "ec2:CreateVpcEndpoint",
    "AWS::Events::Rule": "events:PutRule",
    "AWS::IAM::ManagedPolicy": "iam:CreatePolicy",
    "AWS::IAM::Role": "iam:CreateRole",
    "AWS::KMS::Alias": "kms:CreateAlias",
    "AWS::KMS::Key": "kms:CreateKey",
    "AWS::Lambda::Alias": "lambda:CreateAlias",
    "AWS::Lambda::EventInvokeConfig": "lambda:PutFunctionEventInvokeConfig",
    "AWS::Lambda::EventSourceMapping": "lambda:CreateEventSourceMapping",
    "AWS::Lambda::Function": "lambda:CreateFunction",
    "AWS::Lambda::LayerVersion": "lambda:PublishLayerVersion",
    "AWS::Lambda::Permission": "lambda:AddPermission",
    "AWS::Lambda::Version": "lambda:PublishVersion",
    "AWS::Logs::LogGroup": "logs:CreateLogGroup",
    "AWS::Logs::MetricFilter": "logs:PutMetricFilter",
    "AWS::SQS::Queue": "sqs:CreateQueue",
    "AWS::SQS::QueuePolicy": "sqs:SetQueueAttributes",
}


class DeployPermissionsTest(unittest.TestCase):
    def test_every_type_can_be_made(self):
        policy = json.loads(re.search(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S).group(1))
        allowed = {action for statement in policy["Statement"] for action in statement["Action"]}
        types = {r.type for r in Templates.read().resources()}
        self.assertEqual(set(), types - CREATES.keys(), "tell here what makes them, and allow it on the page")
        self.assertEqual(set(), {CREATES[t] for t in types} - allowed, "docs/deploy-permissions.md lacks them")

    def test_nothing_that_is_kept_can_be_deleted(self):
        text = PAGE.read_text(encoding="utf-8").split("```")[1]
        for action in ("dynamodb:DeleteTable", "kms:ScheduleKeyDeletion", '"*"]'):
            self.assertNotIn(action, text)


if __name__ == "__main__":
    unittest.main()
