"""What the network must be: no way to the internet, and out of each function no more ways than it needs."""

import re

from permission_rules import allowed_actions
from rules import rule
from templates import Evaluation, listed, short_name, statements, strings, text

WAYS_OUT = {
    "AWS::EC2::CarrierGateway",
    "AWS::EC2::EgressOnlyInternetGateway",
    "AWS::EC2::EIP",
    "AWS::EC2::InternetGateway",
    "AWS::EC2::NatGateway",
    "AWS::EC2::Route",
    "AWS::EC2::TransitGatewayAttachment",
    "AWS::EC2::VPCGatewayAttachment",
    "AWS::EC2::VPCPeeringConnection",
}
OPEN = re.compile(r"(\d+\.){3}\d+/[0-7]$|::/0$")
GROUPS = {
    "authorizer": {"ServiceSecurityGroup", "GitLabSecurityGroup"},
    "user-token": {"ServiceSecurityGroup"},
    "router": {"ServiceSecurityGroup"},
    "backend-openai": {"ServiceSecurityGroup", "ModelSecurityGroup"},
    "gateway": {"ServiceSecurityGroup", "ModelSecurityGroup"},
    "publisher": {"ServiceSecurityGroup", "GitLabSecurityGroup"},
}


@rule("Source code goes through here: there is no internet gateway, no NAT, no route and no public address.")
def no_internet(templates):
    for resource in templates.resources():
        if resource.type in WAYS_OUT:
            yield f"{resource} is a {resource.type}"
        if resource.properties.get("MapPublicIpOnLaunch") not in (None, False):
            yield f"{resource} gives out public addresses"


@rule("No group opens to everywhere, and none keeps EC2's own default, which is everywhere.")
def no_open_group(templates):
    for resource in templates.resources("AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupEgress", "AWS::EC2::SecurityGroupIngress"):
        for found in strings(resource.properties):
            if OPEN.search(found):
                yield f"{resource} opens to {found}"
        if resource.type == "AWS::EC2::SecurityGroup" and not resource.properties.get("SecurityGroupEgress"):
            yield f"{resource} has no egress rule, so EC2 opens it to everywhere"
        for protocol in re.findall(r'"IpProtocol": "?(-?\w+)', text(resource.properties)):
            if protocol != "tcp":
                yield f"{resource} opens the protocol {protocol}"


@rule("Nobody can open a group to everywhere by a parameter, either.")
def cidr_parameters(templates):
    for name, parameter in templates.parameters().items():
        if name.endswith("Cidr"):
            pattern = parameter.get("AllowedPattern")
            for cidr in ("0.0.0.0/0", "0.0.0.0/1", "10.0.0.0/8,0.0.0.0/0", "::/0"):
                if pattern is None or re.fullmatch(pattern, cidr):
                    yield f"{name} takes {cidr}"
            if name != "VpcCidr" and not re.fullmatch(pattern or "", "10.0.0.0/8,192.168.3.0/24"):
                yield f"{name} does not take two CIDRs"


@rule("Every function runs in the VPC and reaches what it needs alone: the router no model host, user-token no GitLab.")
def functions_in_vpc(templates):
    for function in templates.functions():
        vpc = function.properties.get("VpcConfig", {})
        if vpc.get("SubnetIds") != {"Ref": "SubnetIds"}:
            yield f"{function} is outside the VPC"
        groups = {group.get("Ref") for group in vpc.get("SecurityGroupIds", [])}
        if groups != GROUPS[short_name(function)]:
            yield f"{function} has the groups {sorted(map(str, groups))}"


EXISTING = {"VpcId": "vpc-1", "SubnetIds": "subnet-1", "GitLabCidr": "10.0.0.0/8"}
ENDPOINTS = {
    "ExecuteApiEndpoint": "ExecuteApi",
    "DynamoDbEndpoint": "DynamoDbGateway",
    "SqsEndpoint": "Sqs",
    "KmsEndpoint": "Kms",
    "SecretsManagerEndpoint": "SecretsManager",
    "LambdaEndpoint": "Lambda",
}


def endpoints(templates, values):
    defaults = {name: parameter.get("Default", "") for name, parameter in templates.parameters().items()}
    evaluation = Evaluation(templates.by_stack["network"], {**defaults, **values})
    return {endpoint.name for endpoint in templates.resources("AWS::EC2::VPCEndpoint") if evaluation.created(endpoint)}


@rule("In somebody's VPC an endpoint is made only where its parameter says so: it answers for everybody there.")
def endpoints_by_parameter(templates):
    found = endpoints(templates, EXISTING)
    if found:
        yield f"by default {sorted(found)} are made in an existing VPC"
    for parameter, endpoint in ENDPOINTS.items():
        if endpoints(templates, {**EXISTING, parameter: "create"}) != {endpoint}:
            yield f"{parameter}=create does not make {endpoint} alone"
        if endpoints(templates, {**EXISTING, parameter: "vpce-1"}):
            yield f"{parameter}=vpce-1 makes another one"
    if endpoints(templates, {**EXISTING, "DynamoDbEndpoint": "interface"}) != {"DynamoDbInterface"}:
        yield "DynamoDbEndpoint=interface does not make an interface endpoint alone"
    if endpoints(templates, {"GitLabCidr": "10.0.0.0/8"}) != set(ENDPOINTS.values()):
        yield "in a VPC that is made an endpoint is missing"


@rule("An endpoint that we make serves this account's functions for what they do, not whoever found a way to it.")
def endpoint_policies(templates):
    used = set().union(*(allowed_actions(templates, function) for function in templates.functions()))
    for endpoint in templates.resources("AWS::EC2::VPCEndpoint"):
        policy = endpoint.properties.get("PolicyDocument")
        if not policy:
            yield f"{endpoint} has the policy that allows everything"
            continue
        for statement in statements(policy):
            actions = set(listed(statement["Action"]))
            calling = actions == {"execute-api:Invoke"}
            if not calling and not actions <= used:
                yield f"{endpoint} allows {sorted(actions - used)}, which no function does"
            if not calling and statement.get("Condition") != {"StringEquals": {"aws:PrincipalAccount": {"Ref": "AWS::AccountId"}}}:
                yield f"{endpoint} serves other accounts"
            if "${AWS::AccountId}" not in text(statement["Resource"]):
                yield f"{endpoint} leads to other accounts"
        if endpoint.properties["VpcEndpointType"] == "Interface" and not endpoint.properties.get("SecurityGroupIds"):
            yield f"{endpoint} has the VPC's default group"


@rule("A VPC that is made has as many private subnets in as many zones as asked for.")
def own_vpc(templates):
    template = templates.by_stack["network"]
    for zones, wanted in (("2", 2), ("3", 3)):
        evaluation = Evaluation(template, {"VpcId": "", "Zones": zones})
        subnets = [subnet for subnet in templates.resources("AWS::EC2::Subnet") if evaluation.created(subnet)]
        if len({text(subnet.properties["AvailabilityZone"]) for subnet in subnets}) != wanted:
            yield f"Zones={zones} makes {len(subnets)} subnets"
    evaluation = Evaluation(template, {"VpcId": "vpc-1"})
    for resource in templates.resources("AWS::EC2::VPC", "AWS::EC2::Subnet", "AWS::EC2::RouteTable"):
        if evaluation.created(resource):
            yield f"{resource} is made beside an existing VPC"
