"""What the API must be: private, streaming, authorized, and answering in the contract's shape."""

import json
import re

from rules import rule
from templates import Evaluation, listed, statements, text
from translation import ROOT as FOLDER

ANY = "x-amazon-apigateway-any-method"
STREAMING = "/2021-11-15/functions/${%s}/response-streaming-invocations"


def integration(operation):
    return operation["x-amazon-apigateway-integration"]


@rule("A buffered integration would hold every answer back until its end.")
def integrations_stream(templates):
    for path, method, operation in templates.operations():
        it = integration(operation)
        uri = it["uri"]["Fn::Sub"]
        if it.get("responseTransferMode") != "STREAM":
            yield f"{method} {path}: responseTransferMode is {it.get('responseTransferMode')}"
        if not re.fullmatch(r"arn:\$\{AWS::Partition}:apigateway:\$\{AWS::Region}:lambda:path" + STREAMING.replace("$", r"\$") % r"\w+", uri):
            yield f"{method} {path}: {uri} is no streaming invocation"
        if it["type"] != "aws_proxy" or it["httpMethod"] != "POST":
            yield f"{method} {path}: a Lambda proxy integration is asked by POST"


@rule("A stream lasts up to 15 minutes; nothing else makes a caller wait that long.")
def integration_timeouts(templates):
    for path, method, operation in templates.operations():
        millis = integration(operation).get("timeoutInMillis")
        streams = path == "/{proxy+}" and method == ANY
        if streams and millis != 900_000:
            yield f"{method} {path}: timeoutInMillis is {millis}"
        if not streams and not (isinstance(millis, int) and 50 <= millis <= 29_000):
            yield f"{method} {path}: timeoutInMillis is {millis}"


def open_paths():
    """The paths that the router answers without a caller."""
    java = (FOLDER / "functions/router/src/main/java/io/sluice/router/OpenRoutes.java").read_text(encoding="utf-8")
    constants = dict(re.findall(r'String (\w+) = "([^"]+)";', java))
    names = re.search(r"PATHS = Set\.of\(([^)]*)\)", java).group(1)
    return {constants[name.strip()] for name in names.split(",")}


@rule("What needs no token is what the router answers without one, HEAD / and OPTIONS, and nothing else (decision 12).")
def open_routes(templates):
    expected = {(path, ANY) for path in open_paths()} | {("/", "head")}
    expected |= {(path, "options") for path in ("/", "/{proxy+}", "/v1/code/user_access_token")}
    found = {(path, method) for path, method, operation in templates.operations() if operation.get("security") != [{"sluice": []}]}
    for path, method in sorted(found - expected):
        yield f"{method} {path} needs no token"
    for path, method in sorted(expected - found):
        yield f"{method} {path} needs a token, or is not there"
    if templates.api().properties["Body"].get("security"):
        yield "security is named by each operation, so that none has it by accident"


@rule("GitLab's tokens are made for one request: a cached decision would skip the headers of the next (decision 12).")
def authorizer(templates):
    schemes = templates.api().properties["Body"]["components"]["securitySchemes"]
    if set(schemes) != {"sluice"}:
        yield f"the API has the authorizers {sorted(schemes)}"
    found = schemes.get("sluice", {}).get("x-amazon-apigateway-authorizer", {})
    if found.get("type") != "request":
        yield f"the authorizer's type is {found.get('type')}"
    if found.get("authorizerResultTtlInSeconds") != 0:
        yield f"the authorizer's answers are cached for {found.get('authorizerResultTtlInSeconds', 300)} s"
    if "identitySource" in found:
        yield "an identity source lets API Gateway refuse in its own words"
    if not found.get("authorizerUri", {}).get("Fn::Sub", "").endswith("/2015-03-31/functions/${AuthorizerArn}/invocations"):
        yield "the authorizer is not asked by the ordinary, buffered invocation"


@rule("Resources are / and /{proxy+} for the router, and the one route that mints tokens for user-token (decision 12).")
def targets(templates):
    for path, method, operation in templates.operations():
        wanted = "UserTokenArn" if path == "/v1/code/user_access_token" else "ApiFunctionArn"
        if "${%s}" % wanted not in integration(operation)["uri"]["Fn::Sub"]:
            yield f"{method} {path} does not ask {wanted}"
    paths = {(path, method) for path, method, _ in templates.operations()}
    for needed in [("/", ANY), ("/{proxy+}", ANY), ("/v1/code/user_access_token", ANY)]:
        if needed not in paths:
            yield f"{needed} is not there"


@rule("Nothing is reachable but through the VPC endpoints that are named, and there is one way in.")
def private(templates):
    apis = templates.resources("AWS::ApiGateway::RestApi")
    stages = templates.resources("AWS::ApiGateway::Stage")
    if len(apis) != 1 or len(stages) != 1:
        yield f"there are {len(apis)} APIs and {len(stages)} stages"
    for resource in templates.resources():
        if resource.type.startswith("AWS::ApiGatewayV2") or resource.type in ("AWS::Lambda::Url", "AWS::ElasticLoadBalancingV2::LoadBalancer"):
            yield f"{resource} is another way in"
    for api in apis + templates.resources("AWS::ApiGateway::DomainNameV2"):
        if api.properties.get("EndpointConfiguration", {}).get("Types") != ["PRIVATE"]:
            yield f"{api} is not PRIVATE"
    if not apis[0].properties["EndpointConfiguration"].get("VpcEndpointIds"):
        yield "the API names no VPC endpoint"


def denies_other_endpoints(policy):
    effects = sorted(statement["Effect"] for statement in statements(policy))
    return effects == ["Allow", "Deny"] and any(
        statement["Effect"] == "Deny"
        and statement["Principal"] == "*"
        and statement["Resource"] == "execute-api:/*"
        and set(statement["Condition"]) == {"StringNotEquals"}
        and statement["Condition"]["StringNotEquals"] == {"aws:SourceVpce": {"Fn::Split": [",", {"Ref": "ExecuteApiEndpoints"}]}}
        for statement in statements(policy)
    )


@rule("The resource policy refuses whoever comes through another endpoint; a private API is reachable from any VPC else.")
def resource_policy(templates):
    if not denies_other_endpoints(templates.api().properties["Body"].get("x-amazon-apigateway-policy", {"Statement": []})):
        yield "the API's policy does not deny every aws:SourceVpce but its own"
    for domain in templates.resources("AWS::ApiGateway::DomainNameV2"):
        if not denies_other_endpoints(domain.properties.get("Policy", {"Statement": []})):
            yield f"{domain}: its policy does not deny every aws:SourceVpce but the API's"


STATUS = {
    "ACCESS_DENIED": 401,
    "UNAUTHORIZED": 401,
    "AUTHORIZER_FAILURE": 503,
    "AUTHORIZER_CONFIGURATION_ERROR": 500,
    "API_CONFIGURATION_ERROR": 500,
    "INTEGRATION_FAILURE": 502,
    "INTEGRATION_TIMEOUT": 504,
    "REQUEST_TOO_LARGE": 413,
    "THROTTLED": 429,
    "QUOTA_EXCEEDED": 429,
    "BAD_REQUEST_BODY": 400,
    "BAD_REQUEST_PARAMETERS": 400,
    "MISSING_AUTHENTICATION_TOKEN": 404,
    "RESOURCE_NOT_FOUND": 404,
    "DEFAULT_4XX": None,
    "DEFAULT_5XX": None,
}


@rule("What API Gateway answers by itself has the contract's shape (1.4, 1.5): GitLab reads it.")
def gateway_responses(templates):
    responses = templates.api().properties["Body"]["x-amazon-apigateway-gateway-responses"]
    for name, status in STATUS.items():
        if name not in responses:
            yield f"{name} has API Gateway's own shape"
            continue
        response = responses[name]
        if response.get("statusCode") != status:
            yield f"{name} answers {response.get('statusCode')}, not {status}"
        if set(response["responseTemplates"]) != {"application/json"}:
            yield f"{name} is not JSON alone"
            continue
        template = response["responseTemplates"]["application/json"]
        # API Gateway's messageString brings its own quotation marks; every other variable stands within ours.
        sample = template.replace("$context.error.messageString", '"text"')
        sample = re.sub(r"\$context\.authorizer\.error", "text", sample)
        member = "error" if status == 401 else "detail"
        try:
            body = json.loads(sample)
            if set(body) != {member} or not isinstance(body[member], str) or "$" in body[member]:
                yield f"{name} answers {template}: it must be one string member, {member}"
        except json.JSONDecodeError as problem:
            yield f"{name} answers no JSON: {problem}"
        parameters = response.get("responseParameters", {})
        if parameters.get("gatewayresponse.header.X-Request-ID") != "method.request.header.X-Request-ID":
            yield f"{name} does not echo X-Request-ID"
        if status == 429 and not re.fullmatch(r"'\d+'", parameters.get("gatewayresponse.header.Retry-After", "")):
            yield f"{name} has no Retry-After"
    denied = responses.get("ACCESS_DENIED", {}).get("responseTemplates", {}).get("application/json")
    if denied != '{"error":"$context.authorizer.error"}':
        yield "ACCESS_DENIED does not say the authorizer's reason"


@rule("The access log tells whether and how fast an answer streamed, and never holds a header: one is the caller's token.")
def access_log(templates):
    setting = templates.resources("AWS::ApiGateway::Stage")[0].properties["AccessLogSetting"]["Fn::If"][1]
    line = json.loads(setting["Format"])
    wanted = ["$context.integration." + name for name in ("responseTransferMode", "timeToAllHeaders", "timeToFirstContent")]
    for variable in wanted + ["$context.requestId", "$context.status", "$context.integrationLatency"]:
        if variable not in line.values():
            yield f"{variable} is not logged"
    for name, variable in line.items():
        if re.search(r"header\b|token|authorization|apiKey", variable, re.IGNORECASE):
            yield f"{name} logs {variable}"
    if "\n" in setting["Format"]:
        yield "the format is not one line"


@rule("Execution logs hold bodies and headers; a cache would give one caller's answer to another.")
def stage_settings(templates):
    for settings in templates.resources("AWS::ApiGateway::Stage")[0].properties.get("MethodSettings", [{}]):
        if settings.get("DataTraceEnabled") is not False or settings.get("LoggingLevel") != "OFF":
            yield "execution logs are on"
        if settings.get("CachingEnabled") is not False:
            yield "the cache is on"
        if "ThrottlingRateLimit" not in settings or "ThrottlingBurstLimit" not in settings:
            yield "the stage takes as many requests as the account's quota"


@rule("The role that logs every API of an account is set by parameter alone, never by default, and outlives the stack.")
def account_role(templates):
    template = templates.by_stack["api"]
    for account in templates.resources("AWS::ApiGateway::Account"):
        for logging in ("existing", "off"):
            if Evaluation(template, {"ApiLogging": logging}).created(account):
                yield f"{account} would replace the account's role when ApiLogging is {logging}"
        if account.members.get("DeletionPolicy") != "Retain":
            yield f"{account} takes the role from every other API when the stack goes"
    if templates.parameters()["ApiLogging"]["Default"] == "create":
        yield "ApiLogging is create by default"


@rule("A change of the body reaches the stage only by a new deployment.")
def always_deploy(templates):
    for name, resource in templates.sources["api"]["Resources"].items():
        if resource["Type"] == "AWS::Serverless::Api" and resource["Properties"].get("AlwaysDeploy") is not True:
            yield f"{name} is not deployed anew"


@rule("A function is asked by this API and this schedule, by nobody else's.")
def invocation_permissions(templates):
    for permission in templates.resources("AWS::Lambda::Permission"):
        properties = permission.properties
        if properties["Principal"] not in ("apigateway.amazonaws.com", "events.amazonaws.com"):
            yield f"{permission} lets {properties['Principal']} ask"
        if not properties.get("SourceArn") or text(properties["SourceArn"]).endswith(":*"):
            yield f"{permission} names no source"
        if listed(properties["Action"]) != ["lambda:InvokeFunction"]:
            yield f"{permission} allows {properties['Action']}"
