"""Faults to plant in the translated templates: each must be found by the rule that it names."""

from dataclasses import dataclass
from typing import Callable

from api_rules import ANY
from function_rules import REQUEST_PATH
from permission_rules import function_statements
from templates import statements


@dataclass(frozen=True)
class Fault:
    rule: str
    what: str
    plant: Callable


FAULTS = []


def fault(rule):
    """Registers a function that spoils templates in the way of its name."""

    def register(function):
        FAULTS.append(Fault(rule, function.__name__, function))
        return function

    return register


def body(t):
    return t.api().properties["Body"]


def operation(t, path="/{proxy+}", method=ANY):
    return body(t)["paths"][path][method]


def integration(t, **where):
    return operation(t, **where)["x-amazon-apigateway-integration"]


def response(t, name):
    return body(t)["x-amazon-apigateway-gateway-responses"][name]


def statement(t, function, sid):
    return next(one for one in function_statements(t, t.function(function)) if one.get("Sid") == sid)


def key_statement(t, key, sid):
    return next(one for one in statements(t.resource("data", key).properties["KeyPolicy"]) if one["Sid"] == sid)


# ---- The fence around Bedrock and SageMaker -----------------------------------------------------------------------


def fence(t, policy):
    return t.resource("functions", policy).properties["PolicyDocument"]["Statement"]


@fault("model_actions")
def models_are_managed(t):
    fence(t, "BedrockModels")[0]["Action"].append("bedrock:CreateModelCustomizationJob")


@fault("model_actions")
def router_asks_models(t):
    t.role(t.function("router")).properties["ManagedPolicyArns"].append({"Ref": "BedrockModels"})


@fault("bedrock_in_this_region")
def models_of_every_region(t):
    fence(t, "BedrockModels")[0]["Resource"][0] = {"Fn::Sub": "arn:${AWS::Partition}:bedrock:*::foundation-model/*"}


@fault("bedrock_in_this_region")
def profiles_by_default(t):
    fence(t, "BedrockModels")[0]["Resource"].append({"Fn::Sub": "arn:${AWS::Partition}:bedrock:${AWS::Region}:${AWS::AccountId}:inference-profile/*"})


@fault("bedrock_in_this_region")
def models_of_other_accounts(t):
    fence(t, "BedrockModels")[0]["Resource"][1] = {"Fn::Sub": "arn:${AWS::Partition}:bedrock:${AWS::Region}:*:imported-model/*"}


@fault("bedrock_in_this_region")
def other_regions_by_default(t):
    statement_ = fence(t, "BedrockModels")[1]["Fn::If"]
    fence(t, "BedrockModels")[1] = statement_[1]


@fault("cross_region_by_parameter")
def other_regions_without_a_condition(t):
    fence(t, "BedrockModels")[1]["Fn::If"][1].pop("Condition")


@fault("cross_region_by_parameter")
def all_geographies_for_one(t):
    conditions = t.by_stack["functions"]["Conditions"]
    conditions["PermitsGlobal"] = conditions["PermitsEu"]


@fault("cross_region_by_parameter")
def geography_by_part_of_a_region(t):
    conditions = t.by_stack["functions"]["Conditions"]
    conditions["PermitsEu"] = {"Fn::Not": [{"Fn::Equals": [{"Fn::Join": ["", {"Fn::Split": ["eu", {"Ref": "PermittedRegions"}]}]}, {"Ref": "PermittedRegions"}]}]}


@fault("cross_region_by_parameter")
def models_without_their_profile(t):
    fence(t, "BedrockModels")[3]["Fn::If"][1].pop("Condition")


@fault("sagemaker_by_prefix")
def endpoints_without_a_prefix(t):
    t.resource("functions", "SageMakerModels").members.pop("Condition")


@fault("sagemaker_by_prefix")
def every_endpoint(t):
    fence(t, "SageMakerModels")[0]["Resource"][0] = {"Fn::Sub": "arn:${AWS::Partition}:sagemaker:${AWS::Region}:${AWS::AccountId}:endpoint/*"}


@fault("fence_is_known")
def open_by_default(t):
    t.parameters()["PermittedRegions"]["Default"] = "global"


@fault("fence_is_known")
def publisher_without_an_account(t):
    t.function("publisher").properties["Environment"]["Variables"].pop("SLUICE_ACCOUNT")


# ---- API ----------------------------------------------------------------------------------------------------------


@fault("integrations_stream")
def buffered(t):
    integration(t)["responseTransferMode"] = "BUFFERED"


@fault("integrations_stream")
def buffered_uri_as_sam_makes_of_STREAM(t):
    integration(t)["uri"]["Fn::Sub"] = integration(t)["uri"]["Fn::Sub"].replace("2021-11-15", "2015-03-31").replace("response-streaming-", "")


@fault("integrations_stream")
def asked_by_get(t):
    integration(t)["httpMethod"] = "GET"


@fault("integration_timeouts")
def stream_of_29_seconds(t):
    integration(t)["timeoutInMillis"] = 29_000


@fault("integration_timeouts")
def health_of_15_minutes(t):
    integration(t, path="/monitoring/healthz")["timeoutInMillis"] = 900_000


@fault("open_routes")
def duo_api_without_token(t):
    operation(t)["security"] = []


@fault("open_routes")
def health_with_token(t):
    operation(t, path="/monitoring/healthz")["security"] = [{"sluice": []}]


@fault("open_routes")
def head_forgotten(t):
    del body(t)["paths"]["/"]["head"]


@fault("authorizer")
def decisions_cached(t):
    body(t)["components"]["securitySchemes"]["sluice"]["x-amazon-apigateway-authorizer"]["authorizerResultTtlInSeconds"] = 300


@fault("authorizer")
def identity_source(t):
    body(t)["components"]["securitySchemes"]["sluice"]["x-amazon-apigateway-authorizer"]["identitySource"] = "method.request.header.Authorization"


@fault("authorizer")
def token_authorizer(t):
    body(t)["components"]["securitySchemes"]["sluice"]["x-amazon-apigateway-authorizer"]["type"] = "token"


@fault("targets")
def tokens_minted_by_the_router(t):
    uri = integration(t, path="/v1/code/user_access_token")["uri"]
    uri["Fn::Sub"] = uri["Fn::Sub"].replace("UserTokenArn", "ApiFunctionArn")


@fault("private")
def regional(t):
    t.api().properties["EndpointConfiguration"]["Types"] = ["REGIONAL"]


@fault("private")
def second_stage(t):
    t.by_stack["api"]["Resources"]["Stage"] = t.resources("AWS::ApiGateway::Stage")[0].members


@fault("private")
def function_url(t):
    t.by_stack["functions"]["Resources"]["Url"] = {"Type": "AWS::Lambda::Url", "Properties": {"AuthType": "NONE"}}


@fault("resource_policy")
def any_endpoint(t):
    body(t)["x-amazon-apigateway-policy"]["Statement"].pop()


@fault("resource_policy")
def domain_of_any_endpoint(t):
    t.resource("api", "Domain").properties["Policy"]["Statement"].pop()


@fault("gateway_responses")
def own_shape_of_401(t):
    response(t, "ACCESS_DENIED")["responseTemplates"]["application/json"] = '{"message":$context.error.messageString}'


@fault("gateway_responses")
def broken_json(t):
    response(t, "THROTTLED")["responseTemplates"]["application/json"] = '{"detail":"Too many}'


@fault("gateway_responses")
def denied_with_403(t):
    response(t, "ACCESS_DENIED")["statusCode"] = 403


@fault("gateway_responses")
def no_correlation_id(t):
    del response(t, "INTEGRATION_TIMEOUT")["responseParameters"]["gatewayresponse.header.X-Request-ID"]


@fault("gateway_responses")
def too_large_forgotten(t):
    del body(t)["x-amazon-apigateway-gateway-responses"]["REQUEST_TOO_LARGE"]


@fault("gateway_responses")
def throttled_without_retry_after(t):
    del response(t, "THROTTLED")["responseParameters"]["gatewayresponse.header.Retry-After"]


def log_setting(t):
    return t.resources("AWS::ApiGateway::Stage")[0].properties["AccessLogSetting"]["Fn::If"][1]


@fault("access_log")
def token_logged(t):
    log_setting(t)["Format"] = log_setting(t)["Format"].replace("$context.path", "$context.requestOverride.header.Authorization")


@fault("access_log")
def transfer_mode_not_logged(t):
    log_setting(t)["Format"] = log_setting(t)["Format"].replace("$context.integration.responseTransferMode", "-")


@fault("stage_settings")
def bodies_logged(t):
    t.resources("AWS::ApiGateway::Stage")[0].properties["MethodSettings"][0]["DataTraceEnabled"] = True


@fault("stage_settings")
def cached(t):
    t.resources("AWS::ApiGateway::Stage")[0].properties["MethodSettings"][0]["CachingEnabled"] = True


@fault("account_role")
def always_sets_the_role(t):
    del t.resource("api", "LoggingAccount").members["Condition"]


@fault("account_role")
def sets_the_role_by_default(t):
    t.parameters()["ApiLogging"]["Default"] = "create"


@fault("always_deploy")
def deployed_once(t):
    del t.sources["api"]["Resources"]["Api"]["Properties"]["AlwaysDeploy"]


@fault("invocation_permissions")
def any_api_may_ask(t):
    del t.resource("api", "ApiAsksFunction").properties["SourceArn"]


# ---- Network ------------------------------------------------------------------------------------------------------


@fault("no_internet")
def internet_gateway(t):
    t.by_stack["network"]["Resources"]["Gateway"] = {"Type": "AWS::EC2::InternetGateway"}


@fault("no_internet")
def nat_gateway(t):
    t.by_stack["network"]["Resources"]["Nat"] = {"Type": "AWS::EC2::NatGateway", "Properties": {"SubnetId": {"Ref": "Subnet1"}}}


@fault("no_internet")
def public_addresses(t):
    t.resource("network", "Subnet1").properties["MapPublicIpOnLaunch"] = True


@fault("no_open_group")
def egress_to_everywhere(t):
    t.resource("network", "ToOwnEndpoints").properties["CidrIp"] = "0.0.0.0/0"


@fault("no_open_group")
def egress_to_half_of_everywhere(t):
    t.resource("network", "ServiceSecurityGroup").properties["SecurityGroupEgress"][0]["CidrIp"] = "128.0.0.0/1"


@fault("no_open_group")
def egress_to_everywhere_by_ipv6(t):
    t.resource("network", "ModelSecurityGroup").properties["SecurityGroupEgress"].append({"IpProtocol": "tcp", "CidrIpv6": "::/0"})


@fault("no_open_group")
def egress_by_default(t):
    del t.resource("network", "ServiceSecurityGroup").properties["SecurityGroupEgress"]


@fault("cidr_parameters")
def everywhere_by_parameter(t):
    del t.parameters()["ModelCidr"]["AllowedPattern"]


@fault("functions_in_vpc")
def outside_the_vpc(t):
    del t.function("router").properties["VpcConfig"]


@fault("functions_in_vpc")
def router_reaches_models(t):
    t.function("router").properties["VpcConfig"]["SecurityGroupIds"].append({"Ref": "ModelSecurityGroup"})


@fault("endpoints_by_parameter")
def endpoint_always_made(t):
    del t.resource("network", "Kms").members["Condition"]


@fault("endpoint_policies")
def endpoint_for_everybody(t):
    del t.resource("network", "Sqs").properties["PolicyDocument"]


@fault("endpoint_policies")
def endpoint_for_other_accounts(t):
    del t.resource("network", "Lambda").properties["PolicyDocument"]["Statement"][0]["Condition"]


@fault("endpoint_policies")
def endpoint_for_more_than_is_done(t):
    t.resource("network", "DynamoDbGateway").properties["PolicyDocument"]["Statement"][0]["Action"].append("dynamodb:ExportTableToPointInTime")


@fault("own_vpc")
def third_zone_lost(t):
    t.resource("network", "Subnet3").properties["AvailabilityZone"]["Fn::Select"][0] = 1


# ---- Permissions --------------------------------------------------------------------------------------------------


@fault("asked_for")
def nobody_signs(t):
    t.resource("functions", "UserTokenRole").properties["Policies"][0]["PolicyDocument"]["Statement"].remove(statement(t, "user-token", "Sign"))


@fault("own_role")
def shared_role(t):
    t.function("router").properties["Role"] = t.function("backend-openai").properties["Role"]


@fault("own_role")
def role_for_other_services(t):
    statements(t.role(t.function("router")).properties["AssumeRolePolicyDocument"])[0]["Principal"] = {"Service": "ec2.amazonaws.com"}


@fault("no_wildcards")
def every_secret(t):
    statement(t, "backend-openai", "Secrets")["Resource"] = "*"


@fault("no_wildcards")
def every_secret_of_the_account(t):
    statement(t, "backend-openai", "Secrets")["Resource"] = {"Fn::Sub": "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:*"}


@fault("no_wildcards")
def every_action(t):
    statement(t, "router", "Audit")["Action"] = "sqs:*"


@fault("no_wildcards")
def managed_policy_for_all(t):
    t.resource("functions", "VpcAccess").properties["PolicyDocument"]["Statement"][0]["Action"].append("ec2:RunInstances")


@fault("interfaces_by_lambda_alone")
def code_makes_interfaces(t):
    t.resource("functions", "VpcAccess").properties["PolicyDocument"]["Statement"].pop()


@fault("separation")
def router_signs(t):
    statement(t, "router", "Audit")["Action"] = ["sqs:SendMessage", "kms:Sign"]


@fault("separation")
def router_fetches_secrets(t):
    statement(t, "router", "Audit")["Action"] = ["sqs:SendMessage", "secretsmanager:GetSecretValue"]


@fault("leading_keys")
def router_reads_keys_of_gitlab(t):
    statement(t, "router", "State")["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"] = ["*"]


@fault("leading_keys")
def any_item_without_key(t):
    del statement(t, "authorizer", "State")["Condition"]["Null"]


@fault("leading_keys")
def router_reads_rows(t):
    statement(t, "router", "State")["Resource"] = {"Ref": "RoutesTableArn"}


@fault("scoped_secrets_and_keys")
def data_key_by_itself(t):
    del statement(t, "router", "DataKey")["Condition"]


@fault("scoped_secrets_and_keys")
def secrets_of_other_stacks(t):
    statement(t, "gateway", "Secrets")["Resource"] = {"Fn::Sub": "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:${Name}*"}


@fault("role_rules")
def without_boundary(t):
    del t.resource("functions", "PublisherRole").properties["PermissionsBoundary"]


@fault("role_rules")
def without_prefix(t):
    t.resource("functions", "PublisherRole").properties["RoleName"]["Fn::Sub"] = "publisher"


@fault("only_user_token_signs")
def role_renamed(t):
    t.resource("functions", "UserTokenRole").properties["RoleName"]["Fn::Sub"] += "-2"


@fault("only_user_token_signs")
def account_signs(t):
    policy = t.resource("data", "SigningKey").properties["KeyPolicy"]
    policy["Statement"].remove(key_statement(t, "SigningKey", "OnlyUserToken"))


@fault("partitions")
def partition_written_down(t):
    statement(t, "router", "Audit")["Resource"] = "arn:aws:sqs:eu-central-1:111122223333:audit"


# ---- Data ---------------------------------------------------------------------------------------------------------


@fault("tables")
def unencrypted_table(t):
    del t.resource("data", "State").properties["SSESpecification"]


@fault("tables")
def key_of_aws(t):
    del t.resource("data", "Routes").properties["SSESpecification"]["KMSMasterKeyId"]


@fault("tables")
def not_restorable(t):
    t.resource("data", "Routes").properties["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] = False


@fault("tables")
def wrong_key(t):
    t.resource("data", "Routes").properties["KeySchema"].pop()


@fault("tables")
def stream_without_images(t):
    t.resource("data", "Routes").properties["StreamSpecification"]["StreamViewType"] = "KEYS_ONLY"


@fault("tables")
def unprotected_by_default(t):
    t.parameters()["DeletionProtection"]["Default"] = "false"


@fault("retained")
def table_goes(t):
    t.resource("data", "Routes").members["DeletionPolicy"] = "Delete"


@fault("retained")
def key_replaced(t):
    del t.resource("data", "SigningKey").members["UpdateReplacePolicy"]


@fault("retained")
def audit_log_goes(t):
    del t.resource("functions", "RouterLog").members["DeletionPolicy"]


@fault("keys")
def key_never_turns_over(t):
    t.resource("data", "DataKey").properties["EnableKeyRotation"] = False


@fault("keys")
def key_for_everybody(t):
    key_statement(t, "DataKey", "Account")["Principal"] = "*"


@fault("queues")
def unencrypted_queue(t):
    del t.resource("data", "AuditQueue").properties["KmsMasterKeyId"]


@fault("queues")
def queue_without_tls(t):
    t.resource("data", "QueuesOverTls").properties["Queues"].pop()


@fault("queues")
def four_days(t):
    del t.resource("data", "AuditDeadLetters").properties["MessageRetentionPeriod"]


@fault("queues")
def no_dead_letters(t):
    del t.resource("data", "AuditQueue").properties["RedrivePolicy"]


@fault("log_groups")
def unencrypted_log(t):
    del t.resource("functions", "AuthorizerLog").properties["KmsKeyId"]


@fault("log_groups")
def endless_log(t):
    del t.resource("api", "AccessLog").properties["RetentionInDays"]


@fault("log_groups")
def log_of_lambda_itself(t):
    del t.function("router").properties["LoggingConfig"]


@fault("logs_may_encrypt")
def access_log_without_key(t):
    key_statement(t, "DataKey", "Logs")["Condition"]["ArnLike"]["kms:EncryptionContext:aws:logs:arn"].pop()


@fault("names")
def table_named_by_chance(t):
    del t.resource("data", "State").properties["TableName"]
    t.resource("data", "State").properties["QueueName"] = {"Fn::Sub": "${Name}-state"}


@fault("customers_key")
def key_beside_the_customers(t):
    del t.resource("data", "DataKey").members["Condition"]


# ---- Functions ----------------------------------------------------------------------------------------------------


@fault("packages")
def package_of_another(t):
    t.function("router").properties["Code"]["S3Key"] = "functions/gateway/target/gateway.zip"


@fault("packages")
def handler_of_another(t):
    t.function("router").properties["Handler"] = REQUEST_PATH["gateway"]


@fault("packages")
def managed_runtime_that_buffers(t):
    t.function("router").properties["Runtime"] = "java25"


@fault("packages")
def no_layer(t):
    t.function("authorizer").properties["Layers"].pop(0)


@fault("publisher_by_snapstart")
def no_snapshot(t):
    del t.function("publisher").properties["SnapStart"]


@fault("publisher_by_snapstart")
def old_settings_stay(t):
    next(one for one in t.resources("AWS::Lambda::Version") if one.name.startswith("Publisher")).properties["Description"] = "live"


@fault("environment")
def variable_forgotten(t):
    del t.function("router").properties["Environment"]["Variables"]["SLUICE_BACKEND_OPENAI"]


@fault("environment")
def variable_misspelt(t):
    variables = t.function("authorizer").properties["Environment"]["Variables"]
    variables["SLUICE_GITLAB_URL"] = variables.pop("SLUICE_GITLAB_URLS")


@fault("environment")
def another_spring_function(t):
    t.function("publisher").properties["Environment"]["Variables"]["SPRING_CLOUD_FUNCTION_DEFINITION"] = "publisher"


@fault("function_protection")
def variables_with_key_of_lambda(t):
    del t.function("router").properties["KmsKeyArn"]


@fault("function_protection")
def unsigned_code(t):
    del t.function("router").properties["CodeSigningConfigArn"]


@fault("limits")
def router_of_30_seconds(t):
    t.function("router").properties["Timeout"] = 30


@fault("limits")
def concurrency_reserved_by_default(t):
    t.parameters()["RouterConcurrency"]["Default"] = 100


@fault("stream_mapping")
def endless_retries(t):
    t.resource("functions", "PublisherRows").properties["MaximumRetryAttempts"] = -1


@fault("stream_mapping")
def batch_not_split(t):
    del t.resource("functions", "PublisherRows").properties["BisectBatchOnFunctionError"]


@fault("stream_mapping")
def failures_forgotten(t):
    del t.resource("functions", "PublisherRows").properties["DestinationConfig"]


@fault("stream_mapping")
def latest_version_without_snapshot(t):
    t.resource("functions", "PublisherRows").properties["FunctionName"] = {"Ref": "Publisher"}


@fault("schedule")
def daily(t):
    t.resources("AWS::Events::Rule")[0].properties["ScheduleExpression"] = "rate(1 day)"


@fault("parameters")
def seventh_question(t):
    del t.parameters()["ModelPort"]["Default"]


@fault("parameters")
def undescribed(t):
    del t.parameters()["Zones"]["Description"]


@fault("parameters")
def default_refused(t):
    t.parameters()["VpcCidr"]["Default"] = "10.0.0.0/28"


@fault("nested_stacks")
def parameter_not_given(t):
    del t.resource("template", "Api").properties["Parameters"]["AuthorizerArn"]


@fault("nested_stacks")
def output_that_is_not_there(t):
    t.resource("template", "Api").properties["Parameters"]["KeyArn"]["Fn::GetAtt"][1] = "Outputs.Key"


@fault("nested_stacks")
def untagged(t):
    del t.resource("template", "Data").properties["Tags"]


@fault("alarms")
def authorizer_unwatched(t):
    del t.by_stack["observability"]["Resources"]["AuthorizerErrors"]


@fault("alarms")
def silence_is_fine(t):
    t.resource("observability", "PublisherSilent").properties["TreatMissingData"] = "notBreaching"


@fault("log_patterns")
def message_that_nobody_writes(t):
    found = t.resource("observability", "TableUnreadableCount").properties
    found["FilterPattern"] = found["FilterPattern"].replace("cannot be read", "is unreadable")


@fault("suppressions")
def switched_off_without_a_reason(t):
    del t.sources["data"]["Resources"]["SigningKey"]["Metadata"]["checkov"]["skip"][0]["comment"]
