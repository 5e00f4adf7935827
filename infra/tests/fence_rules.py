"""The fence around models of Bedrock and SageMaker: what a backend for them may ask, for the values of the parameters."""

from rules import rule
from templates import Evaluation, listed, short_name, statements

ACTIONS = {
    "BedrockModels": {"bedrock:ApplyGuardrail", "bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"},
    "SageMakerModels": {"sagemaker:InvokeEndpoint", "sagemaker:InvokeEndpointWithResponseStream"},
}
HOLDERS = {"BedrockModels": {"backend-bedrock", "gateway"}, "SageMakerModels": {"backend-sagemaker", "gateway"}}
"""Whose role may have the policy; no other function asks these hosts."""

MODEL = "arn:${AWS::Partition}:bedrock:%s::foundation-model/*"
OWN = "arn:${AWS::Partition}:bedrock:%s:${AWS::AccountId}:%s/*"
PROFILE = "arn:${AWS::Partition}:bedrock:*:${AWS::AccountId}:inference-profile/%s.*"
KINDS = ("imported-model", "custom-model", "custom-model-deployment", "provisioned-model", "application-inference-profile", "guardrail")
GEOGRAPHIES = {"us": "us-*", "eu": "eu-*", "apac": "ap-*", "global": "*"}
"""Where the models of a geography's profiles are."""


def allowed(templates, policy, **parameters):
    """The policy's statements as they are deployed with those values; None where there is no policy."""
    template = templates.by_stack["functions"]
    evaluation = Evaluation(template, {"PermittedRegions": "", "SageMakerEndpointPrefix": "", **parameters})
    resource = templates.resource("functions", policy)
    if not evaluation.created(resource):
        return None
    return statements(evaluation.resolved(resource.properties["PolicyDocument"]))


def arns(found):
    """Each ARN that is allowed without a condition, and each with one as (ARN, its condition)."""
    free, bound = set(), {}
    for statement in found:
        for arn in listed(statement["Resource"]):
            if "Condition" in statement:
                bound.setdefault(arn, []).append(statement["Condition"])
            else:
                free.add(arn)
    return free, bound


def this_region():
    return {MODEL % "${AWS::Region}"} | {OWN % ("${AWS::Region}", kind) for kind in KINDS}


@rule("Models are asked, and nothing else is done with them; nobody but their backend may.")
def model_actions(templates):
    for policy, actions in ACTIONS.items():
        for statement in allowed(templates, policy, PermittedRegions="eu-west-1,us,eu,apac,global", SageMakerEndpointPrefix="duo-"):
            if statement["Effect"] != "Allow" or not set(listed(statement["Action"])) <= actions:
                yield f"{policy} says {statement['Effect']} {statement['Action']}"
    for function in templates.functions():
        for policy, holders in HOLDERS.items():
            attached = {"Ref": policy} in templates.role(function).properties.get("ManagedPolicyArns", [])
            if attached and short_name(function) not in holders:
                yield f"{function} has {policy}"


@rule("By default Bedrock is asked in this Region alone, for its models and this account's own, and for no cross-Region profile.")
def bedrock_in_this_region(templates):
    free, bound = arns(allowed(templates, "BedrockModels"))
    for arn in sorted(free ^ this_region()):
        yield f"{arn} is {'allowed' if arn in free else 'not allowed'}"
    for arn in bound:
        yield f"{arn} is allowed by default"


@rule("Another Region, or a geography's profiles with the models that they lead to, is asked only where PermittedRegions has it.")
def cross_region_by_parameter(templates):
    for permitted in ("eu-west-1", "eu", "global", "eu-west-1,eu", "us,apac", "eu-west-1,us-east-1"):
        words = permitted.split(",")
        regions = [word for word in words if word not in GEOGRAPHIES]
        found = [s for s in allowed(templates, "BedrockModels", PermittedRegions=permitted) if "Condition" in s]
        for statement in found:
            condition, resources = statement["Condition"], set(listed(statement["Resource"]))
            requested = set(listed(condition.get("StringEquals", {}).get("aws:RequestedRegion", [])))
            profiles = set(listed(condition.get("ArnLike", {}).get("bedrock:InferenceProfileArn", [])))
            if not requested and not profiles:
                yield f"{permitted}: {sorted(resources)} in any Region"
            if requested - set(words) - {"${AWS::Region}"}:
                yield f"{permitted}: {sorted(requested)} may be asked"
        _, bound = arns(found)
        known = {arn for word in words if word in GEOGRAPHIES for arn in (PROFILE % word, MODEL % GEOGRAPHIES[word])}
        known |= {MODEL % "*"} | {OWN % ("*", kind) for kind in KINDS}
        for arn in sorted(bound.keys() - known):
            yield f"{permitted}: {arn} is allowed"
        for geography, where in GEOGRAPHIES.items():
            profile = PROFILE % geography
            if (profile in bound) != (geography in words):
                yield f"{permitted}: {profile} is {'allowed' if profile in bound else 'not allowed'}"
            leads = [c for c in bound.get(MODEL % where, []) if "ArnLike" in c]
            if bool(leads) != (geography in words):
                yield f"{permitted}: models in {where} are {'asked' if leads else 'not asked'}"
            for condition in leads:
                wanted = {PROFILE % word for word in words if word in GEOGRAPHIES} | {OWN % ("*", "application-inference-profile")}
                if set(condition["ArnLike"]["bedrock:InferenceProfileArn"]) != wanted:
                    yield f"{permitted}: models are asked through {condition}"
        for region in regions:
            if not any(region in listed(c.get("StringEquals", {}).get("aws:RequestedRegion", [])) for c in bound.get(MODEL % "*", [])):
                yield f"{permitted}: models in {region} are not asked"


@rule("Of SageMaker's endpoints only those are asked whose names begin as SageMakerEndpointPrefix says; none without it.")
def sagemaker_by_prefix(templates):
    if allowed(templates, "SageMakerModels") is not None:
        yield "endpoints are asked without a prefix"
    for permitted in ("", "eu-west-1"):
        found = allowed(templates, "SageMakerModels", SageMakerEndpointPrefix="duo-", PermittedRegions=permitted)
        for statement in found:
            region = "*" if "Condition" in statement else "${AWS::Region}"
            wanted = {
                f"arn:${{AWS::Partition}}:sagemaker:{region}:${{AWS::AccountId}}:{kind}/duo-*" for kind in ("endpoint", "inference-component")
            }
            if set(listed(statement["Resource"])) != wanted:
                yield f"{statement['Resource']} may be asked"
            if region == "*" and statement["Condition"] != {"StringEquals": {"aws:RequestedRegion": [permitted]}}:
                yield f"any Region may be asked: {statement['Condition']}"
        if len(found) != (2 if permitted else 1):
            yield f"PermittedRegions={permitted!r} makes {len(found)} statements"


@rule("The fence is closed by default, and every function that judges rows knows it.")
def fence_is_known(templates):
    for parameter in ("PermittedRegions", "SageMakerEndpointPrefix"):
        if templates.parameters()[parameter].get("Default") != "":
            yield f"{parameter} is not empty by default"
    known = {
        "SLUICE_REGIONS": {"Ref": "PermittedRegions"},
        "SLUICE_ACCOUNT": {"Ref": "AWS::AccountId"},
        "SLUICE_SAGEMAKER_PREFIX": {"Ref": "SageMakerEndpointPrefix"},
    }
    for name in ("publisher", "router", "backend-openai", "gateway"):
        variables = templates.function(name).properties["Environment"]["Variables"]
        for variable, value in known.items():
            if variables.get(variable) != value:
                yield f"{name} has {variable}={variables.get(variable)}"
