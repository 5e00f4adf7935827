"""What each function's role must be allowed, for the doctor to ask of a deployed stack: from the translated templates."""

import json

from permission_rules import function_statements
from templates import listed, short_name, statements
from translation import ROOT

FILE = ROOT / "functions" / "doctor" / "src" / "main" / "resources" / "io" / "sluice" / "doctor" / "stack" / "needs.json"

ARNS = {"AWS::DynamoDB::Table": ("dynamodb", "table/", "TableName"), "AWS::SQS::Queue": ("sqs", "", "QueueName")}
"""How the ARN of a resource is made of its name."""

OF_THE_STACK = {"KeyArn", "SigningKeyArn", "PreviousSigningKeys"}
"""Outputs and parameters of the stack itself, which the doctor reads."""

BY_LAMBDA = {"PublisherFailuresArn"}
"""Lambda itself sends there, on the function's behalf and not through the VPC."""


def arn(templates, parameter):
    """What a parameter of the functions' template holds."""
    if parameter in OF_THE_STACK:
        return "${" + parameter + "}"
    logical = templates.by_stack["data"]["Outputs"][parameter]["Value"]["Fn::GetAtt"][0]
    resource = templates.resource("data", logical)
    service, before, member = ARNS[resource.type]
    return "arn:${AWS::Partition}:" + service + ":${AWS::Region}:${AWS::AccountId}:" + before + resource.properties[member]["Fn::Sub"]


def resources(templates, value):
    """The resources of a statement; a member of a list may be a list of the stack's own."""
    for one in listed(value):
        if "Ref" in one:
            yield arn(templates, one["Ref"])
        elif "Fn::If" in one:
            yield "${SigningKeyArn}"
            yield "${PreviousSigningKeys}"
        else:
            found = one if isinstance(one, str) else one["Fn::Sub"]
            yield found.replace("${RoutesTableArn}", arn(templates, "RoutesTableArn"))


def context(condition):
    """The condition keys that a request has, with what it may hold: a call has all values of a list, or one of ``anyOf``."""
    found = {}
    for operator, members in condition.items():
        for key, values in members.items():
            values = [value if isinstance(value, str) else value["Fn::Sub"] for value in listed(values)]
            if operator.startswith("ForAllValues:"):
                found[key] = {"allOf": values}
            elif operator != "Null":
                found[key] = {"anyOf": values}
    return found


def passes_endpoints(templates, statement):
    """Whether the function's own code makes the call, so that it goes through an endpoint of the VPC."""
    by_code = {
        action
        for endpoint in templates.resources("AWS::EC2::VPCEndpoint")
        for one in statements(endpoint.properties["PolicyDocument"])
        for action in listed(one["Action"])
    }
    by_lambda = any(isinstance(one, dict) and one.get("Ref") in BY_LAMBDA for one in listed(statement["Resource"]))
    return set(listed(statement["Action"])) <= by_code and not by_lambda


def grants(templates, function):
    for statement in function_statements(templates, function):
        if statement.get("Sid") in ("NetworkInterfaces", "NotByCode"):
            continue
        yield {
            "sid": statement["Sid"],
            "actions": listed(statement["Action"]),
            "resources": list(resources(templates, statement["Resource"])),
            "context": context(statement.get("Condition", {})),
            "endpoint": passes_endpoints(templates, statement),
        }


def invocations(templates):
    """What the API invokes: the parameter that names the function, and how the ARNs of its callers end."""
    stage = templates.by_stack["api"]["Outputs"]["StageName"]["Value"]
    found = {"AuthorizerArn": ["authorizers/any"]}
    for path, method, operation in templates.operations():
        uri = operation["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"]
        verb = "POST" if method.startswith("x-") else method.upper()
        for parameter in ("ApiFunctionArn", "UserTokenArn"):
            if "${" + parameter + "}" in uri:
                found.setdefault(parameter, []).append(f"{stage}/{verb}{path.replace('{proxy+}', 'any')}")
    return {parameter: sorted(ends) for parameter, ends in found.items()}


def needs(templates):
    """The file's text."""
    functions = {short_name(one): list(grants(templates, one)) for one in templates.functions()}
    return json.dumps({"functions": functions, "invocations": invocations(templates)}, indent=1, sort_keys=True) + "\n"
