"""docs/permissions.md: what each function may do, from the translated templates."""

import re
import sys

import needs
from fence_rules import HOLDERS, allowed
from permission_rules import function_statements
from templates import Templates, listed, short_name, text
from translation import ROOT

PAGE = ROOT / "docs" / "permissions.md"
REFERENCES = {
    "StateTableArn": "table `STACK-state`",
    "RoutesTableArn": "table `STACK-routes`",
    "AuditQueueArn": "queue `STACK-audit`",
    "PublisherFailuresArn": "queue `STACK-publisher-failures`",
    "SigningKeyArn": "the signing key",
    "KeyArn": "the data key",
}
HEAD = """# What each function may do

Made from the templates by `scripts/permissions`; a test holds it to them. `STACK` is the stack's name. Each function has a
role of its own, and every role takes the parameters `PermissionsBoundaryArn`, `RolePath` and `RoleNamePrefix`.

- No function may reach the internet, and of the network each reaches only what stands under it.
- Only `user-token` signs: the signing key's own policy denies `kms:Sign` to every other role of the account.
- The router, which reads strangers' input, may fetch no secret and reach no model host. With `Topology=gateway` one function,
  `gateway`, takes the place of `router` and `backend-openai`, with the union of their permissions.
- Resources are never `*`, but for network interfaces: EC2 knows no other there. Lambda makes them with the function's role; the
  function's own code is denied it.
"""
NETWORK = {
    "ServiceSecurityGroup": "endpoints of AWS services",
    "GitLabSecurityGroup": "GitLab (`GitLabCidr`, `GitLabPort`)",
    "ModelSecurityGroup": "model hosts (`ModelCidr`, `ModelPort`)",
}


def on(resource):
    """A resource as a reader names it."""
    if isinstance(resource, dict) and "Ref" in resource:
        return REFERENCES[resource["Ref"]]
    if isinstance(resource, dict) and "Fn::If" in resource:
        return "the signing keys (this stack's, `PreviousSigningKeys`)"
    found = resource if isinstance(resource, str) else resource["Fn::Sub"]
    if found == "${RoutesTableArn}/stream/*":
        return "the stream of table `STACK-routes`"
    found = re.sub(r"^arn:\$\{AWS::Partition}:[a-z-]+:\$\{AWS::Region}:\$\{AWS::AccountId}:", "", found)
    return f"`{found.replace('${Name}', 'STACK')}`"


def when(condition):
    """A condition as a reader names it."""
    parts = []
    for operator, members in condition.items():
        for key, values in members.items():
            values = [value if isinstance(value, str) else value["Fn::Sub"] for value in listed(values)]
            if key == "dynamodb:LeadingKeys":
                if operator != "Null":
                    parts.append("items " + ", ".join(f"`{value}`" for value in values))
            elif key == "kms:ViaService":
                parts.append("through " + ", ".join(value.split(".")[0] for value in values))
            elif key == "kms:SigningAlgorithm":
                parts.append(f"`{values[0]}`")
            else:
                raise ValueError(f"the page has no words for {key}")
    return "; ".join(parts)


FENCE = """## The fence around Bedrock and SageMaker

`PermittedRegions` and `SageMakerEndpointPrefix` draw it; both are empty by default. These policies are for the roles of backends for
these hosts, of which this version has none: no role has them yet. Converse is asked with `bedrock:InvokeModel` and
`bedrock:InvokeModelWithResponseStream`. Everything but AWS's own `foundation-model` is of this account. The publisher refuses rows
outside, and names the parameter ([routing.md](routing.md#bedrock-and-sagemaker)).
"""
FENCES = {
    "BedrockModels": [("by default, in this Region", {}), ("further, by `PermittedRegions=eu-west-1,eu`", {"PermittedRegions": "eu-west-1,eu"})],
    "SageMakerModels": [("by default", {}), ("in this Region, by `SageMakerEndpointPrefix=duo-`", {"SageMakerEndpointPrefix": "duo-"})],
}


def fenced(arn):
    """An ARN of the fence as a reader names it."""
    region, name = re.fullmatch(r"arn:\$\{AWS::Partition}:[a-z]+:(\$\{AWS::Region}|[^:]*):(?:\$\{AWS::AccountId})?:(.*)", arn).groups()
    return f"`{name}`" + ("" if region in ("${AWS::Region}", "*") else f" in `{region}`")


def fence(templates):
    """What the fence lets a backend ask."""
    lines = [FENCE, "| policy | | may | on | only |", "|---|---|---|---|---|"]
    for policy in HOLDERS:
        before = []
        for words, parameters in FENCES[policy]:
            found = allowed(templates, policy, **parameters) or []
            if not found:
                lines.append(f"| `{policy}` | {words} | nothing | | |")
            for statement in found:
                if statement in before:
                    continue
                actions = ", ".join(f"`{action}`" for action in listed(statement["Action"]))
                resources = ", ".join(fenced(arn) for arn in listed(statement["Resource"]))
                lines.append(f"| `{policy}` | {words} | {actions} | {resources} | {within(statement.get('Condition', {}))} |")
            before += found
    return lines


def within(condition):
    """A condition of the fence as a reader names it."""
    parts = []
    for members in condition.values():
        for key, values in members.items():
            if key == "aws:RequestedRegion":
                named = ["this Region" if value == "${AWS::Region}" else f"`{value}`" for value in values]
                parts.append("asked in " + ", ".join(named))
            elif key == "bedrock:InferenceProfileArn":
                parts.append("through " + ", ".join(map(fenced, values)))
            else:
                raise ValueError(f"the page has no words for {key}")
    return "; ".join(parts)


def page(templates):
    """The page's text."""
    lines = [HEAD]
    for function in sorted(templates.functions(), key=short_name):
        groups = [NETWORK[group["Ref"]] for group in function.properties["VpcConfig"]["SecurityGroupIds"]]
        lines += [f"## {short_name(function)}", "", f"Reaches {', '.join(groups)}.", "", "| may | on | only |", "|---|---|---|"]
        for statement in function_statements(templates, function):
            if statement.get("Sid") in ("NetworkInterfaces", "NotByCode"):
                continue
            if statement["Effect"] != "Allow":
                raise ValueError(f"the page has no words for {text(statement)}")
            actions = ", ".join(f"`{action}`" for action in listed(statement["Action"]))
            resources = ", ".join(on(resource) for resource in listed(statement["Resource"]))
            lines.append(f"| {actions} | {resources} | {when(statement.get('Condition', {}))} |")
        lines.append("")
    lines += [*fence(templates), ""]
    return "\n".join(lines)


if __name__ == "__main__":
    read = Templates.read()
    PAGE.write_text(page(read), encoding="utf-8")
    needs.FILE.parent.mkdir(parents=True, exist_ok=True)
    needs.FILE.write_text(needs.needs(read), encoding="utf-8")
    sys.exit()
