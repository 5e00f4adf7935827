"""What functions must be: the right package, settings, limits, and sources of events."""

import json
import re

from rules import rule
from templates import ROOT, listed, short_name, text
from translation import BUCKET
from translation import ROOT as FOLDER

REQUEST_PATH = {
    "authorizer": "io.sluice.authorizer.AuthorizerFunction",
    "user-token": "io.sluice.usertoken.UserTokenFunction",
    "router": "io.sluice.router.RouterFunction",
    "backend-openai": "io.sluice.backend.openai.OpenAiBackendFunction",
    "gateway": "io.sluice.gateway.GatewayFunction",
}
SPRING = {"MAIN_CLASS": "io.sluice.publisher.PublisherApplication", "SPRING_CLOUD_FUNCTION_DEFINITION": "publish"}


@rule("A function runs the package of its name, on the request path under our own streaming runtime.")
def packages(templates):
    names = {short_name(function) for function in templates.functions()}
    if names != set(REQUEST_PATH) | {"publisher"}:
        yield f"there are the functions {sorted(names)}"
    for function in templates.functions():
        name, properties = short_name(function), function.properties
        if properties["Code"] != {"S3Bucket": BUCKET, "S3Key": f"functions/{name}/target/{name}.zip"}:
            yield f"{function} runs {properties['Code']}"
        if properties.get("Architectures") != [{"Ref": "Architecture"}]:
            yield f"{function} does not run on the architecture that packed it"
        layers = listed(properties.get("Layers", []))
        runtime = [layer for layer in layers if layer.get("Ref", "").startswith("RuntimeLayer")]
        if name in REQUEST_PATH:
            if properties["Runtime"] != "provided.al2023" or len(runtime) != 1 or layers[0] not in runtime:
                yield f"{function} has no streaming runtime"
            if properties["Handler"] != REQUEST_PATH[name]:
                yield f"{function} has the handler {properties['Handler']}"
            if properties.get("SnapStart"):
                yield f"{function}: provided.al2023 knows no SnapStart"
    layer = templates.resources("AWS::Lambda::LayerVersion")[0].properties
    if layer["Content"] != {"S3Bucket": BUCKET, "S3Key": "functions/lambda-runtime/target/lambda-runtime-layer.zip"}:
        yield f"the layer is {layer['Content']}"


@rule("The managed Java runtime starts a publisher from a snapshot of its last published version, which keeps its settings.")
def publisher_by_snapstart(templates):
    publisher = templates.function("publisher")
    if publisher.properties["Runtime"] != "java25" or publisher.properties.get("SnapStart") != {"ApplyOn": "PublishedVersions"}:
        yield f"{publisher} starts without a snapshot"
    if publisher.properties["Handler"] != "org.springframework.cloud.function.adapter.aws.FunctionInvoker":
        yield f"{publisher} has the handler {publisher.properties['Handler']}"
    if [alias.properties["Name"] for alias in templates.resources("AWS::Lambda::Alias") if alias.name.startswith("Publisher")] != ["live"]:
        yield f"{publisher} has no alias live"
    for version in templates.resources("AWS::Lambda::Version"):
        if version.properties.get("Description") != {"Ref": "Release"}:
            yield f"{version}: a change of settings makes no new version"
        function = templates.resource(version.stack, version.properties["FunctionName"]["Ref"])
        if "${Release}" not in text(function.properties.get("Description", "")):
            yield f"{function}: a version of the same configuration can't be published twice"


def read_by(name):
    """The variables that a function reads, as its own test proves; those of Lambda and the SDK left out."""
    lines = (FOLDER / f"functions/{name}/src/main/environment.txt").read_text(encoding="utf-8").splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith(("#", "AWS_"))}


@rule("Every variable that a function reads is set, and every one that is set is read.")
def environment(templates):
    for function in templates.functions():
        name = short_name(function)
        variables = function.properties["Environment"]["Variables"]
        try:
            read = read_by(name)
        except FileNotFoundError as missing:
            yield f"{function}: {missing.filename} does not say what it reads"
            continue
        found = {variable for variable in variables if not variable.startswith("AWS_")}
        if name == "publisher":
            found -= set(SPRING)
            for variable, value in SPRING.items():
                if variables.get(variable) != value:
                    yield f"{function} needs {variable}={value}"
        for variable in sorted(read - found):
            yield f"{function} reads {variable}, which is not set"
        for variable in sorted(found - read):
            yield f"{function} has {variable} set, which it does not read"
        for variable in variables:
            if variable.startswith("AWS_") and variable != "AWS_ENDPOINT_URL_DYNAMODB":
                yield f"{function} sets {variable}"
        if any(re.search(r"password|token$|api_?key|secret$", variable, re.IGNORECASE) and variable != "SLUICE_MODEL_SECRET" for variable in variables):
            yield f"{function} has a secret in a variable"


@rule("Variables are encrypted with the deployment's key; code is signed where the company says so.")
def function_protection(templates):
    for function in templates.functions():
        if function.properties.get("KmsKeyArn") != {"Ref": "KeyArn"}:
            yield f"{function}: its variables are not encrypted with the deployment's key"
        if "CodeSigningConfigArn" not in text(function.properties.get("CodeSigningConfigArn", "")):
            yield f"{function} does not know CodeSigningConfigArn"


TIMEOUTS = {"authorizer": 10, "user-token": 29, "publisher": 120}


@rule("A stream may last as long as Lambda allows; an authorizer answers within API Gateway's 30 seconds.")
def limits(templates):
    for function in templates.functions():
        name = short_name(function)
        if function.properties["Timeout"] != TIMEOUTS.get(name, {"Ref": "StreamSeconds"}):
            yield f"{function} has the timeout {function.properties['Timeout']}"
        if not text(function.properties.get("MemorySize", "")).endswith('Memory"}'):
            yield f"{function} has no memory parameter"
        if "Concurrency" not in text(function.properties.get("ReservedConcurrentExecutions", "")):
            yield f"{function} has no concurrency parameter"
    parameter = templates.parameters()["StreamSeconds"]
    if parameter["Default"] != 900 or parameter["MaxValue"] != 900:
        yield "StreamSeconds is not 900 by default, or may be more than Lambda allows"
    for name, parameter in templates.parameters().items():
        if name.endswith("Concurrency") and parameter["Default"] != (1 if name == "PublisherConcurrency" else 0):
            yield f"{name} is {parameter['Default']} by default"


@rule("A poisoned row can't stop publishing: batches are split, tries and ages bounded, failures kept.")
def stream_mapping(templates):
    mappings = templates.resources("AWS::Lambda::EventSourceMapping")
    if len(mappings) != 1:
        yield f"there are {len(mappings)} event source mappings"
    for mapping in mappings:
        properties = mapping.properties
        if properties["EventSourceArn"] != {"Ref": "RoutesStreamArn"}:
            yield f"{mapping} listens to {text(properties['EventSourceArn'])}"
        if properties.get("MaximumBatchingWindowInSeconds") != 2:
            yield f"{mapping} gathers edits for {properties.get('MaximumBatchingWindowInSeconds')} s"
        if properties.get("BisectBatchOnFunctionError") is not True:
            yield f"{mapping} does not split a batch that fails"
        if not 0 <= properties.get("MaximumRetryAttempts", -1) <= 10:
            yield f"{mapping} tries {properties.get('MaximumRetryAttempts')} times"
        if not 60 <= properties.get("MaximumRecordAgeInSeconds", -1) <= 86_400:
            yield f"{mapping} keeps an edit for {properties.get('MaximumRecordAgeInSeconds')} s"
        if properties.get("DestinationConfig") != {"OnFailure": {"Destination": {"Ref": "PublisherFailuresArn"}}}:
            yield f"{mapping} forgets what failed"
        if properties["FunctionName"] != {"Ref": "PublisherAliaslive"}:
            yield f"{mapping} asks {text(properties['FunctionName'])}, which starts without a snapshot"
        if properties.get("ParallelizationFactor", 1) != 1:
            yield f"{mapping} runs publishers side by side"


@rule("A lost event can't leave an old table live: the schedule publishes every 5 minutes.")
def schedule(templates):
    rules = templates.resources("AWS::Events::Rule")
    if [rule_.properties.get("ScheduleExpression") for rule_ in rules] != ["rate(5 minutes)"]:
        yield "the publisher does not run every 5 minutes"
    for rule_ in rules:
        if [target["Arn"] for target in rule_.properties["Targets"]] != [{"Ref": "PublisherAliaslive"}]:
            yield f"{rule_} asks another function"
        if rule_.properties.get("State", "ENABLED") != "ENABLED":
            yield f"{rule_} is off"


ASKED = {"GitLabUrls", "GitLabCidr", "ModelEndpoint", "ModelName", "VpcId", "SubnetIds"}


@rule("Every parameter has a default or is one of the six that scripts/deploy asks; each says what it is.")
def parameters(templates):
    for name, parameter in templates.parameters().items():
        if ("Default" in parameter) == (name in ASKED):
            yield f"{name} {'has a' if 'Default' in parameter else 'has no'} default"
        if not parameter.get("Description"):
            yield f"{name} has no description"
        pattern = parameter.get("AllowedPattern")
        if pattern and "Default" in parameter and not re.fullmatch(pattern, str(parameter["Default"])):
            yield f"{name} refuses its own default"
    grouped = [
        name
        for group in templates.by_stack[ROOT]["Metadata"]["AWS::CloudFormation::Interface"]["ParameterGroups"]
        for name in group["Parameters"]
    ]
    if sorted(grouped) != sorted(templates.parameters()):
        yield f"not in one group each: {sorted(set(grouped) ^ set(templates.parameters()))}"


@rule("Each nested template gets every parameter that it declares, and all carry the company's tags.")
def nested_stacks(templates):
    nested = templates.resources("AWS::CloudFormation::Stack")
    for stack in nested:
        name = stack.properties["TemplateURL"].removesuffix(".json")
        given, declared = set(stack.properties["Parameters"]), set(templates.parameters(name))
        if given != declared:
            yield f"{stack}: {sorted(given ^ declared)} is given or declared, not both"
        for value in stack.properties["Parameters"].values():
            output = value.get("Fn::GetAtt") if isinstance(value, dict) else None
            if output:
                source = templates.resource(ROOT, output[0]).properties["TemplateURL"].removesuffix(".json")
                if output[1].removeprefix("Outputs.") not in templates.by_stack[source]["Outputs"]:
                    yield f"{stack}: {source} has no output {output[1]}"
        if len(stack.properties.get("Tags", [])) != 5:
            yield f"{stack} does not carry ResourceTags"
    if {stack.properties["TemplateURL"] for stack in nested} != {f"{name}.json" for name in templates.by_stack if name != ROOT}:
        yield "a template is in no stack"


@rule("Alarms tell of failing, throttled and silent functions, of failures kept, of audit records about to be lost.")
def alarms(templates):
    watched = set()
    for alarm in templates.resources("AWS::CloudWatch::Alarm"):
        properties = alarm.properties
        for dimension in properties.get("Dimensions", []):
            if dimension["Name"] in ("FunctionName", "QueueName"):
                watched.add((dimension["Value"]["Fn::Sub"].removeprefix("${Name}-"), properties["MetricName"]))
        if "AlarmTopicArn" not in text(properties.get("AlarmActions", "")):
            yield f"{alarm} tells nobody"
    wanted = {(short_name(function), "Errors") for function in templates.functions()}
    wanted |= {(name, "Throttles") for name in REQUEST_PATH}
    wanted |= {("publisher", "Invocations"), ("publisher", "IteratorAge")}
    wanted |= {(name, "ApproximateNumberOfMessagesVisible") for name in ("publisher-failures", "audit-dead-letters")}
    wanted |= {("audit", "ApproximateAgeOfOldestMessage")}
    for missing in sorted(wanted - watched):
        yield f"no alarm watches {missing[1]} of {missing[0]}"
    silent = templates.resource("observability", "PublisherSilent").properties
    if silent["TreatMissingData"] != "breaching":
        yield "a publisher that never runs raises no alarm"
    json.loads(re.sub(r"\$\{[^}]*}", "x", templates.resource("observability", "Dashboard").properties["DashboardBody"]["Fn::Sub"][0]))


@rule("What alarms look for in logs is what the functions write.")
def log_patterns(templates):
    sources = [
        path.read_text(encoding="utf-8")
        for module in ("authorizer", "config")
        for path in (FOLDER / "functions" / module / "src/main/java").rglob("*.java")
    ]
    filters = templates.resources("AWS::Logs::MetricFilter")
    alarmed = {alarm.properties["MetricName"] for alarm in templates.resources("AWS::CloudWatch::Alarm")}
    for found in filters:
        for member, wanted in re.findall(r'\$\.(logger|message) = "([^"]+)"', found.properties["FilterPattern"]):
            if not any(f'"{wanted}"' in java for java in sources):
                yield f"{found}: no function writes the {member} {wanted}"
        if not {one["MetricName"] for one in found.properties["MetricTransformations"]} <= alarmed:
            yield f"{found} is watched by no alarm"


@rule("A check that is switched off says why, at the resource that it concerns.")
def suppressions(templates):
    for stack, template in templates.sources.items():
        for name, resource in template["Resources"].items():
            for skip in resource.get("Metadata", {}).get("checkov", {}).get("skip", []):
                if len(skip.get("comment", "").split()) < 5:
                    yield f"{stack}/{name}: {skip.get('id')} is switched off without a reason"
            if "cfn-lint" in resource.get("Metadata", {}) or "cfn_nag" in resource.get("Metadata", {}):
                yield f"{stack}/{name} switches a linter off"
