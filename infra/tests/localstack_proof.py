"""Deploys the parts of the stack that LocalStack's core can hold, and reads them back. Run by scripts/prove-localstack."""

import argparse
import json
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import boto3
import yaml

import translation

NAME = "sluice"
ACCOUNT = "000000000000"
REGION = os.environ.get("AWS_DEFAULT_REGION", "eu-central-1")
ENDPOINT = "vpce-0123456789abcdef0"
FUNCTION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{NAME}-"
# What it can't hold without a container engine: functions and what belongs to them; tables.
LEFT_OUT = {
    "AWS::Serverless::Function",
    "AWS::Serverless::LayerVersion",
    "AWS::Lambda::Version",
    "AWS::Lambda::Alias",
    "AWS::Lambda::Permission",
    "AWS::DynamoDB::Table",
}


def names_of(value):
    """The logical ids that a value refers to."""
    if isinstance(value, dict):
        for key, member in value.items():
            if key == "Ref":
                yield member
            elif key == "Fn::GetAtt":
                yield member[0] if isinstance(member, list) else member.split(".")[0]
            else:
                yield from names_of(member)
    elif isinstance(value, list):
        for member in value:
            yield from names_of(member)


def cut(path):
    """A template without what can't be held."""
    template = translation.source(path)
    gone = {name for name, resource in template["Resources"].items() if resource["Type"] in LEFT_OUT}
    for name in gone:
        del template["Resources"][name]
    template["Outputs"] = {
        name: output
        for name, output in template.get("Outputs", {}).items()
        # What SAM makes of a function begins with the function's name.
        if not any(used.startswith(function) for used in names_of(output) for function in gone)
    }
    if not template["Outputs"]:
        del template["Outputs"]
    if not any(resource["Type"].startswith("AWS::Serverless") for resource in template["Resources"].values()):
        template.pop("Transform", None)
        template.pop("Globals", None)
    used = set(names_of(template["Resources"])) | set(names_of(template.get("Outputs", {})))
    assert not gone & used, f"{path}: {gone & used} is left out, and referred to"
    return template


class Deployment:
    def __init__(self, sam, work):
        self.sam = sam
        self.work = work
        boto3.client("s3").create_bucket(Bucket="sluice-proof", CreateBucketConfiguration={"LocationConstraint": REGION})

    def deploy(self, path, parameters):
        template = cut(path)
        values = {**{name: "unused" for name in template["Parameters"]}, **parameters}
        values = {name: value for name, value in values.items() if name in template["Parameters"]}
        # LocalStack takes an empty value for none at all, unless it is the default.
        for name in [name for name, value in values.items() if value == ""]:
            template["Parameters"][name]["Default"] = values.pop(name)
        file = self.work / Path(path).name
        file.write_text(yaml.safe_dump(template, sort_keys=False), encoding="utf-8")
        stack = f"{NAME}-{file.stem}"
        command = [self.sam, "deploy", "--template-file", str(file), "--stack-name", stack, "--s3-bucket", "sluice-proof"]
        command += ["--capabilities", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND", "--no-confirm-changeset"]
        command += ["--no-progressbar", "--region", REGION]
        command += ["--parameter-overrides"] + [f'ParameterKey={name},ParameterValue="{value}"' for name, value in values.items()]
        began = time.monotonic()
        result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        (self.work / f"{file.stem}.log").write_text(result.stdout, encoding="utf-8")
        assert result.returncode == 0, f"sam deploy of {file} failed:\n{result.stdout[-3000:]}"
        print(f"deployed {path} without {len(translation.source(path)['Resources']) - len(template['Resources'])} resources "
              f"in {time.monotonic() - began:.0f} s")
        return stack


    def package(self):
        """Lets sam upload everything, as a deployment does, and looks at what it made of the paths. Needs the packages."""
        out = self.work / "packaged.yaml"
        command = [self.sam, "package", "--template-file", "template.yaml", "--s3-bucket", "sluice-proof"]
        command += ["--output-template-file", str(out), "--no-progressbar", "--region", REGION]
        result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        assert result.returncode == 0, f"sam package failed; did scripts/package run?\n{result.stdout[-3000:]}"
        packages = set()
        for stack in translation.yaml_parse(out.read_text(encoding="utf-8"))["Resources"].values():
            key = stack["Properties"]["TemplateURL"].rsplit("/", 1)[1]
            nested = boto3.client("s3").get_object(Bucket="sluice-proof", Key=key)["Body"].read().decode("utf-8")
            for resource in translation.yaml_parse(nested)["Resources"].values():
                if resource["Type"] in translation.CODE:
                    packages.add(resource["Properties"][translation.CODE[resource["Type"]]])
        uploaded = {f"s3://sluice-proof/{one['Key']}" for one in boto3.client("s3").list_objects_v2(Bucket="sluice-proof")["Contents"]}
        check("packages that sam uploads: six functions and the layer", (7, True), (len(packages), packages <= uploaded))


def until_up(process):
    url = os.environ["AWS_ENDPOINT_URL"] + "/_localstack/health"
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        os.kill(process, 0)  # it ended: there is nothing to wait for
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.5)
    raise TimeoutError("LocalStack did not start")


CHECKS = []


def check(what, expected, found):
    CHECKS.append(expected == found)
    print(f"{'same' if expected == found else 'DIFFERENT'}: {what}" + ("" if expected == found else f": {found!r}, not {expected!r}"))


def read_back_api():
    """Gateway responses, the transfer mode and the alias of a function are not among what 4.14 keeps of an OpenAPI body."""
    client = boto3.client("apigateway")
    (api,) = [one for one in client.get_rest_apis()["items"] if one["name"] == NAME]
    check("endpoint type", ["PRIVATE"], api["endpointConfiguration"]["types"])
    check("VPC endpoints", [ENDPOINT], api["endpointConfiguration"].get("vpcEndpointIds"))
    policy = api.get("policy", "").replace('\\"', '"').replace("\\\\", "\\")
    check("resource policy denies other endpoints", True, '"aws:SourceVpce"' in policy and '"Deny"' in policy)
    (authorizer,) = client.get_authorizers(restApiId=api["id"])["items"]
    check("authorizer type", "REQUEST", authorizer["type"])
    check("authorizer TTL", 0, authorizer.get("authorizerResultTtlInSeconds"))
    body = translation.source("infra/api.yaml")["Resources"]["Api"]["Properties"]["DefinitionBody"]
    found = {}
    for resource in client.get_resources(restApiId=api["id"], limit=500, embed=["methods"])["items"]:
        for verb, method in resource.get("resourceMethods", {}).items():
            found[resource["path"], verb] = method
    wanted = {
        (path, "ANY" if verb.startswith("x-") else verb.upper()): operation
        for path, operations in body["paths"].items()
        for verb, operation in operations.items()
    }
    check("paths and methods", sorted(wanted), sorted(found))
    for key, operation in wanted.items():
        integration = found[key]["methodIntegration"]
        name = " ".join(key)
        check(f"{name}: timeout", operation["x-amazon-apigateway-integration"]["timeoutInMillis"], integration.get("timeoutInMillis"))
        check(f"{name}: streaming invocation", True, integration["uri"].endswith("/response-streaming-invocations"))
        check(f"{name}: authorization", "CUSTOM" if operation["security"] else "NONE", found[key].get("authorizationType"))
    stages = client.get_stages(restApiId=api["id"])["item"]
    check("stages", ["duo"], [stage["stageName"] for stage in stages])


def read_back_data():
    sqs, kms = boto3.client("sqs"), boto3.client("kms")
    for name in ("audit", "audit-dead-letters", "publisher-failures"):
        url = sqs.get_queue_url(QueueName=f"{NAME}-{name}")["QueueUrl"]
        attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        check(f"queue {name}: retention", "1209600", attributes["MessageRetentionPeriod"])
        check(f"queue {name}: key", True, ":key/" in attributes.get("KmsMasterKeyId", ""))
        check(f"queue {name}: TLS alone", True, "aws:SecureTransport" in attributes.get("Policy", ""))
        if name == "audit":
            redrive = json.loads(attributes["RedrivePolicy"])
            check("queue audit: dead letters", True, redrive["deadLetterTargetArn"].endswith(":sluice-audit-dead-letters"))
    keys = {alias["AliasName"]: alias["TargetKeyId"] for alias in kms.list_aliases()["Aliases"] if "TargetKeyId" in alias}
    data, signing = keys[f"alias/{NAME}-data"], keys[f"alias/{NAME}-signing"]
    check("data key turns over", True, kms.get_key_rotation_status(KeyId=data)["KeyRotationEnabled"])
    metadata = kms.describe_key(KeyId=signing)["KeyMetadata"]
    check("signing key", ("SIGN_VERIFY", "RSA_3072"), (metadata["KeyUsage"], metadata["KeySpec"]))
    signature = kms.sign(KeyId=signing, Message=b"header.payload", MessageType="RAW", SigningAlgorithm="RSASSA_PKCS1_V1_5_SHA_256")
    check("signing key signs RS256", 384, len(signature["Signature"]))
    policy = kms.get_key_policy(KeyId=signing, PolicyName="default")["Policy"]
    check("signing key denies other roles", True, "OnlyUserToken" in policy)


def read_back_roles():
    iam = boto3.client("iam")
    source = translation.source("infra/functions.yaml")["Resources"]
    for name, resource in source.items():
        if resource["Type"] != "AWS::IAM::Role" or name == "GatewayRole":
            continue
        (policy,) = resource["Properties"]["Policies"]
        role = f"{NAME}-{REGION}-{policy['PolicyName']}"
        document = iam.get_role_policy(RoleName=role, PolicyName=policy["PolicyName"])["PolicyDocument"]
        document = json.loads(document) if isinstance(document, str) else document
        check(
            f"role {role}: statements",
            [statement["Sid"] for statement in policy["PolicyDocument"]["Statement"]],
            [statement["Sid"] for statement in document["Statement"]],
        )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sam", required=True)
    parser.add_argument("--work", required=True, type=Path)
    parser.add_argument("--process", required=True, type=int)
    arguments = parser.parse_args()
    until_up(arguments.process)
    deployment = Deployment(arguments.sam, arguments.work)
    deployment.package()
    common = {"Name": NAME, "RolePath": "/", "RoleNamePrefix": "", "PermissionsBoundaryArn": "", "LogRetentionDays": "90"}
    role = f"arn:aws:iam::{ACCOUNT}:role/{NAME}-{REGION}-user-token"
    deployment.deploy(
        "infra/data.yaml",
        {**common, "KmsKeyArn": "", "DeletionProtection": "true", "SigningKeySpec": "RSA_3072", "UserTokenRoleArn": role},
    )
    read_back_data()
    key = boto3.client("kms").describe_key(KeyId=f"alias/{NAME}-data")["KeyMetadata"]["Arn"]
    template = cut("infra/functions.yaml")
    arns = {name: f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{NAME}-{name}" for name in template["Parameters"] if name.endswith("Arn")}
    numbers = {name: "1" for name, parameter in template["Parameters"].items() if parameter["Type"] == "Number"}
    empty = {name: "" for name in ("CaLayerArn", "DocsIndexLayerArn", "PreviousSigningKeys", "CodeSigningConfigArn")}
    deployment.deploy(
        "infra/functions.yaml",
        {**arns, **numbers, **common, **empty, "Topology": "functions", "Architecture": "x86_64", "DynamoDbUrl": "none",
         "SubnetIds": "subnet-1,subnet-2", "KeyArn": key, "Release": "proof"},
    )
    read_back_roles()
    deployment.deploy(
        "infra/api.yaml",
        {**common, "ApiFunctionArn": FUNCTION + "router", "UserTokenArn": FUNCTION + "user-token", "AuthorizerArn": FUNCTION + "authorizer",
         "ExecuteApiEndpoints": ENDPOINT, "ApiLogging": "existing", "ThrottleRate": "200", "ThrottleBurst": "400",
         "DomainName": "", "CertificateArn": "", "KeyArn": key},
    )
    read_back_api()
    print(f"{sum(CHECKS)} passed, {len(CHECKS) - sum(CHECKS)} failed")
    return 0 if all(CHECKS) else 1


if __name__ == "__main__":
    sys.exit(main())
