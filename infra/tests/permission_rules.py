"""What each function may do: the least it needs, and of the dangerous things one function each."""

import re

from fence_rules import HOLDERS
from rules import rule
from templates import listed, short_name, statements, strings, text
from translation import ROOT as FOLDER

# Where the resource must be *: there is no other way to ask for these.
ANY_RESOURCE = {
    "NetworkInterfaces": {
        "ec2:CreateNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:DeleteNetworkInterface",
        "ec2:AssignPrivateIpAddresses",
        "ec2:UnassignPrivateIpAddresses",
    }
}
SNAPSHOTS = ["live", "snapshot/*", "prompt/*"]
LEADING_KEYS = {
    "authorizer": ["keys/*"],
    "router": SNAPSHOTS,
    "backend-openai": SNAPSHOTS,
    "gateway": SNAPSHOTS,
    "publisher": SNAPSHOTS + ["keys/*"],
}


def policies(templates, role):
    """Every policy document of a role."""
    for policy in role.properties.get("Policies", []):
        yield policy["PolicyDocument"]
    for attached in role.properties.get("ManagedPolicyArns", []):
        if isinstance(attached, dict) and "Ref" in attached:
            yield templates.resource(role.stack, attached["Ref"]).properties["PolicyDocument"]


def function_statements(templates, function):
    for policy in policies(templates, templates.role(function)):
        yield from statements(policy)


def allowed_actions(templates, function):
    return {
        action
        for statement in function_statements(templates, function)
        if statement["Effect"] == "Allow"
        for action in listed(statement["Action"])
    }


@rule("Every permission that our AWS client says it needs is given to some function.")
def asked_for(templates):
    given = set().union(*(allowed_actions(templates, function) for function in templates.functions()))
    for path in sorted((FOLDER / "functions/aws/src/main/java").rglob("*.java")):
        for action in re.findall(r'"([a-z]+:[A-Z]\w+)"', path.read_text(encoding="utf-8")):
            if action not in given:
                yield f"{path.name} asks for {action}, which no function may do"


@rule("Each function has a role of its own, which only Lambda may take.")
def own_role(templates):
    seen = {}
    for function in templates.functions():
        role = templates.role(function)
        if role.name in seen:
            yield f"{function} shares {role} with {seen[role.name]}"
        seen[role.name] = function
        for statement in statements(role.properties["AssumeRolePolicyDocument"]):
            if statement["Principal"] != {"Service": "lambda.amazonaws.com"}:
                yield f"{role} can be taken by {statement['Principal']}"
        for attached in role.properties.get("ManagedPolicyArns", []):
            if attached != {"Ref": "VpcAccess"}:
                yield f"{role} has the policy {text(attached)}"


@rule("No permission names every resource or every action, but those on network interfaces, which know no other.")
def no_wildcards(templates):
    documents = [(role, document) for role in templates.resources("AWS::IAM::Role") for document in policies(templates, role)]
    # Of the fence, fence_rules say each ARN.
    others = [one for one in templates.resources("AWS::IAM::ManagedPolicy", "AWS::IAM::Policy") if one.name not in HOLDERS]
    documents += [(policy, policy.properties["PolicyDocument"]) for policy in others]
    for resource, document in documents:
        for statement in statements(document):
            if statement["Effect"] != "Allow":
                continue
            actions = set(listed(statement.get("Action", "*")))
            if any("*" in action for action in actions):
                yield f"{resource} allows {sorted(actions)}"
            if "NotAction" in statement or "NotResource" in statement:
                yield f"{resource} allows everything but something"
            # A wildcard may end a name that begins with this stack's own, or a part below a resource.
            for on in map(text, listed(statement.get("Resource", "*"))):
                if on == "*" and actions <= ANY_RESOURCE.get(statement.get("Sid"), set()):
                    continue
                if on == "*" or re.search(r":\*|[^}:/]/?\*(?!\")", on) and "${Name}" not in on and "/stream/*" not in on:
                    yield f"{resource} allows {sorted(actions)} on {on}"


@rule("Function code can't make network interfaces: only Lambda does, with the function's role.")
def interfaces_by_lambda_alone(templates):
    for function in templates.functions():
        denied = [
            statement
            for statement in function_statements(templates, function)
            if statement["Effect"] == "Deny"
            and set(listed(statement["Action"])) >= ANY_RESOURCE["NetworkInterfaces"]
            and "lambda:SourceFunctionArn" in text(statement.get("Condition", {}))
        ]
        if not denied:
            yield f"{function} may make network interfaces"


ONLY = {
    "kms:Sign": {"user-token"},
    "kms:GetPublicKey": {"authorizer"},
    "secretsmanager:GetSecretValue": {"backend-openai", "gateway"},
    "lambda:InvokeFunction": {"router"},
    "dynamodb:PutItem": {"publisher"},
    "dynamodb:UpdateItem": {"publisher"},
    "dynamodb:DeleteItem": {"publisher"},
    "dynamodb:Scan": {"publisher"},
    "dynamodb:GetRecords": {"publisher"},
    "dynamodb:GetItem": {"authorizer", "router", "backend-openai", "gateway", "publisher"},
    "sqs:SendMessage": {"router", "gateway", "user-token", "publisher"},
}
EVERYBODY = {"kms:Decrypt", "kms:GenerateDataKey", "logs:CreateLogStream", "logs:PutLogEvents"} | ANY_RESOURCE["NetworkInterfaces"]
PUBLISHER = {"dynamodb:DescribeStream", "dynamodb:GetShardIterator", "dynamodb:ListStreams"}


@rule("One function signs, one fetches secrets, one writes tables; the router, which reads strangers' input, does none of it.")
def separation(templates):
    for function in templates.functions():
        name = short_name(function)
        for action in sorted(allowed_actions(templates, function)):
            known = name in ONLY.get(action, set()) or action in EVERYBODY or (name == "publisher" and action in PUBLISHER)
            if not known:
                yield f"{function} may {action}"


@rule("Of table state a function reads its own items alone; the request path can't touch table routes.")
def leading_keys(templates):
    for function in templates.functions():
        name = short_name(function)
        for statement in function_statements(templates, function):
            on = text(statement.get("Resource", ""))
            if statement["Effect"] != "Allow" or not any(action.startswith("dynamodb:") for action in listed(statement["Action"])):
                continue
            if "StateTableArn" in on and not (name == "publisher" and listed(statement["Action"]) == ["dynamodb:Scan"]):
                condition = statement.get("Condition", {})
                if condition.get("ForAllValues:StringLike", {}).get("dynamodb:LeadingKeys") != LEADING_KEYS.get(name):
                    yield f"{function} reads other items of state: {text(condition)}"
                if condition.get("Null") != {"dynamodb:LeadingKeys": "false"}:
                    yield f"{function} may ask without a key, which ForAllValues lets through"
            elif name != "publisher":
                yield f"{function} may {statement['Action']} on {on}"


@rule("Secrets are fetched below the stack's own name alone, and used with the data key through their service alone.")
def scoped_secrets_and_keys(templates):
    for function in templates.functions():
        for statement in function_statements(templates, function):
            actions = set(listed(statement["Action"]))
            if "secretsmanager:GetSecretValue" in actions and not text(statement["Resource"]).endswith(':secret:${Name}/*"}'):
                yield f"{function} may fetch {text(statement['Resource'])}"
            if actions & {"kms:Decrypt", "kms:GenerateDataKey"}:
                if statement["Resource"] != {"Ref": "KeyArn"} or "kms:ViaService" not in text(statement.get("Condition", {})):
                    yield f"{function} may use keys by itself"
            if "kms:Sign" in actions and statement["Resource"] != {"Ref": "SigningKeyArn"}:
                yield f"{function} may sign with {text(statement['Resource'])}"


@rule("A company's rules for roles hold for every role: boundary, path, name.")
def role_rules(templates):
    for role in templates.resources("AWS::IAM::Role"):
        properties = role.properties
        if "PermissionsBoundaryArn" not in text(properties.get("PermissionsBoundary", "")):
            yield f"{role} has no permissions boundary"
        if properties.get("Path") != {"Ref": "RolePath"}:
            yield f"{role} has no path"
        if not properties.get("RoleName", {}).get("Fn::Sub", "").startswith("${RoleNamePrefix}${Name}-${AWS::Region}-"):
            yield f"{role} has another name"
    for parameter in ("PermissionsBoundaryArn", "RoleNamePrefix", "KmsKeyArn", "CodeSigningConfigArn", "ResourceTags"):
        if templates.parameters()[parameter].get("Default") != "":
            yield f"{parameter} is not empty by default"


@rule("The signing key's own policy names the one role that may sign, by the name that this role has.")
def only_user_token_signs(templates):
    role = templates.role(templates.function("user-token"))
    wanted = (
        "arn:${AWS::Partition}:iam::${AWS::AccountId}:role${RolePath}"
        + role.properties["RoleName"]["Fn::Sub"].replace("${Name}", "${AWS::StackName}")
    )
    passed = templates.resource("template", "Data").properties["Parameters"]["UserTokenRoleArn"]["Fn::Sub"]
    if passed != wanted:
        yield f"the key's policy is told {passed}, the role is {wanted}"
    for key in templates.resources("AWS::KMS::Key"):
        if key.properties.get("KeyUsage") != "SIGN_VERIFY":
            continue
        denies = [
            statement
            for statement in statements(key.properties["KeyPolicy"])
            if statement["Effect"] == "Deny"
            and listed(statement["Action"]) == ["kms:Sign"]
            and statement["Principal"] == "*"
            and statement["Condition"] == {"ArnNotEquals": {"aws:PrincipalArn": {"Ref": "UserTokenRoleArn"}}}
        ]
        if not denies:
            yield f"{key} signs for others"


@rule("The template deploys in every partition: none is written down.")
def partitions(templates):
    for resource in templates.resources():
        for found in strings(resource.properties):
            if "arn:aws" in found:
                yield f"{resource} names a partition: {found}"
            if ".amazonaws.com" in found and not re.fullmatch(r"[a-z]+\.amazonaws\.com", found):
                yield f"{resource} names a partition's domain: {found}"
