"""What a deployment may say, and what it is told when that can't work: patterns and rules of the root template."""

import re
import unittest

from templates import Evaluation, Templates

ASKED = {
    "GitLabUrls": "https://gitlab.corp.example",
    "GitLabCidr": "10.0.0.0/8",
    "ModelEndpoint": "https://llm.corp.example/v1",
    "ModelName": "mistral-small",
}
NEW = {**ASKED, "VpcId": "", "SubnetIds": "", "DynamoDbPrefixList": "pl-66a5400f"}
EXISTING = {
    **ASKED,
    "VpcId": "vpc-0a1",
    "SubnetIds": "subnet-0a1,subnet-0b2",
    "ExecuteApiEndpoint": "vpce-0a1",
    "DynamoDbPrefixList": "pl-66a5400f",
}
GOOD = {
    "GitLabUrls": ["https://gitlab.corp.example", "https://a.example:8443/gitlab,https://b.example", ""],
    "GitLabCidr": ["10.1.2.3/32", "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16"],
    "ModelEndpoint": ["", "https://llm.corp.example/v1", "http://10.0.3.4:8000/v1"],
    "SubnetIds": ["", "subnet-0123456789abcdef0,subnet-0f"],
    "ResourceTags": ["", "team=platform", "team=platform,cost=42,a=b,c=d,e="],
    "RolePath": ["/", "/teams/ai/"],
    "PreviousSigningKeys": ["", "arn:aws:kms:eu-central-1:111122223333:key/a,arn:aws-cn:kms:cn-north-1:111122223333:key/b"],
    "KmsKeyArn": ["", "arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/1234"],
    "ModelSecret": ["", "codestral-22b"],
    "PermittedRegions": ["", "eu-west-1", "us-gov-west-1,eu", "us,eu,apac,global"],
    "SageMakerEndpointPrefix": ["", "duo-", "Duo1"],
}
BAD = {
    "GitLabUrls": ["http://gitlab.corp.example", "https://gitlab.corp.example/", "gitlab.corp.example", "https://a.example, https://b.example"],
    "GitLabCidr": ["", "10.0.0.0", "0.0.0.0/0", "10.0.0.0/8,", "10.0.0.0/8,10.0.0.0/8,10.0.0.0/8,10.0.0.0/8"],
    "ModelEndpoint": ["llm.corp.example", "https://llm.corp.example/v1 https://b.example"],
    "SubnetIds": ["subnet-1,", "vpc-1"],
    "ResourceTags": ["team", "=platform", "a=1,b=2,c=3,d=4,e=5,f=6"],
    "RolePath": ["teams", "/teams"],
    "KmsKeyArn": ["alias/mine", "1234"],
    "PermittedRegions": ["jp", "eu-west-1, eu", "*", "eu-west", "eu,"],
    "SageMakerEndpointPrefix": ["*", "duo/", "-duo", "duo*"],
    "ModelSecret": ["prod/key", "arn:aws:secretsmanager:x"],
    "Release": ["", "a b"],
}


class ParametersTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.template = Templates.read().by_stack["template"]

    def broken(self, values):
        """The rules that those values break, after the patterns took them."""
        for name, value in values.items():
            self.assertRegex(value, self.template["Parameters"][name].get("AllowedPattern", ".*"), name)
        evaluation = Evaluation(self.template, values)
        return {
            name
            for name, rule in self.template["Rules"].items()
            if "RuleCondition" not in rule or evaluation.holds(rule["RuleCondition"])
            for assertion in rule["Assertions"]
            if not evaluation.holds(assertion["Assert"])
        }

    def test_patterns(self):
        for examples, fits in ((GOOD, True), (BAD, False)):
            for name, values in examples.items():
                for value in values:
                    with self.subTest(parameter=name, value=value):
                        pattern = self.template["Parameters"][name]["AllowedPattern"]
                        self.assertEqual(fits, re.fullmatch(pattern, value) is not None)

    def test_what_works(self):
        for values in (NEW, EXISTING, {**EXISTING, "DynamoDbPrefixList": "", "DynamoDbEndpoint": "interface"}):
            self.assertEqual(set(), self.broken(values))

    def test_what_can_not_work(self):
        for values, rule in (
            ({**NEW, "GitLabUrls": ""}, "Issuers"),
            ({**NEW, "ModelName": ""}, "DefaultModel"),
            ({**NEW, "DynamoDbPrefixList": ""}, "WayToDynamoDb"),
            ({**NEW, "SubnetIds": "subnet-0a1"}, "NewVpc"),
            ({**EXISTING, "SubnetIds": ""}, "ExistingVpc"),
            ({**EXISTING, "ExecuteApiEndpoint": ""}, "ExistingVpc"),
            ({**EXISTING, "DynamoDbEndpoint": "create"}, "GatewayEndpoint"),
            ({**NEW, "DomainName": "aigw.corp.example"}, "Domain"),
        ):
            with self.subTest(rule):
                self.assertEqual({rule}, self.broken(values))


if __name__ == "__main__":
    unittest.main()
