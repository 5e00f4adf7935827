"""What tables, keys, queues and logs must be: encrypted, kept, and named so that an update finds them again."""

from rules import rule
from templates import Evaluation, listed, short_name, statements, text

KEYS = {
    "routes": [{"AttributeName": "kind", "KeyType": "HASH"}, {"AttributeName": "name", "KeyType": "RANGE"}],
    "state": [{"AttributeName": "id", "KeyType": "HASH"}],
}
DATA_KEY = {"Fn::If": ["CreateKey", {"Fn::GetAtt": ["DataKey", "Arn"]}, {"Ref": "KmsKeyArn"}]}
FOURTEEN_DAYS = 14 * 24 * 3600


@rule("The two tables of the design, encrypted with the deployment's key, restorable, and not deleted by accident.")
def tables(templates):
    found = {short_name(table): table for table in templates.resources("AWS::DynamoDB::Table")}
    if set(found) != set(KEYS):
        yield f"there are the tables {sorted(found)}"
    for name, table in found.items():
        properties = table.properties
        if properties["KeySchema"] != KEYS[name]:
            yield f"{table} has the key {properties['KeySchema']}"
        sse = properties.get("SSESpecification", {})
        if sse.get("SSEEnabled") is not True or sse.get("SSEType") != "KMS" or sse.get("KMSMasterKeyId") != DATA_KEY:
            yield f"{table} is not encrypted with the deployment's key"
        if properties.get("PointInTimeRecoverySpecification") != {"PointInTimeRecoveryEnabled": True}:
            yield f"{table} can't be restored to a point in time"
        if properties.get("DeletionProtectionEnabled") != {"Ref": "DeletionProtection"}:
            yield f"{table} has no deletion protection"
        if properties.get("BillingMode") != "PAY_PER_REQUEST":
            yield f"{table} costs while nobody asks"
    stream = found["routes"].properties.get("StreamSpecification")
    if stream != {"StreamViewType": "NEW_AND_OLD_IMAGES"}:
        yield f"table routes has the stream {stream}: the publisher compares images"
    if "StreamSpecification" in found["state"].properties:
        yield "table state has a stream"
    if templates.parameters()["DeletionProtection"]["Default"] != "true":
        yield "deletion protection is off by default"


@rule("Tables and keys stay when the stack goes; so do queues and logs with audit records, but for a first deployment that failed.")
def retained(templates):
    for resource in templates.resources("AWS::DynamoDB::Table", "AWS::KMS::Key"):
        if (resource.members.get("DeletionPolicy"), resource.members.get("UpdateReplacePolicy")) != ("Retain", "Retain"):
            yield f"{resource} goes with the stack"
    audit = [queue for queue in templates.resources("AWS::SQS::Queue") if short_name(queue).startswith("audit")]
    for function in templates.functions():
        if "SLUICE_AUDIT_QUEUE_URL" in function.properties["Environment"]["Variables"]:
            audit.append(templates.resource(function.stack, function.properties["LoggingConfig"]["LogGroup"]["Ref"]))
    audit += templates.resources("AWS::Logs::LogGroup", stack="api")
    for resource in audit:
        if resource.members.get("DeletionPolicy") not in ("Retain", "RetainExceptOnCreate") or resource.members.get("UpdateReplacePolicy") != "Retain":
            yield f"{resource} goes with the stack, and audit records with it"


@rule("The data key turns over every year; the signing key is asymmetric, fit for RS256, and never leaves KMS.")
def keys(templates):
    for key in templates.resources("AWS::KMS::Key"):
        if key.properties.get("KeyUsage") == "SIGN_VERIFY":
            if key.properties["KeySpec"] != {"Ref": "SigningKeySpec"}:
                yield f"{key} is a {text(key.properties['KeySpec'])}"
        elif key.properties.get("EnableKeyRotation") is not True:
            yield f"{key} does not turn over"
        for statement in statements(key.properties["KeyPolicy"]):
            if statement["Effect"] == "Allow" and statement["Principal"] in ("*", {"AWS": "*"}):
                yield f"{key} serves everybody"
    specs = templates.parameters()["SigningKeySpec"]["AllowedValues"]
    if any(not spec.startswith("RSA_") for spec in specs):
        yield f"SigningKeySpec takes {specs}: user tokens are RS256"


@rule("Queues are encrypted with the deployment's key, answer over TLS alone and keep what fails for 14 days.")
def queues(templates):
    queues_found = templates.resources("AWS::SQS::Queue")
    over_tls = set()
    for policy in templates.resources("AWS::SQS::QueuePolicy"):
        for statement in statements(policy.properties["PolicyDocument"]):
            if statement["Effect"] == "Deny" and statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}:
                over_tls |= {text(queue) for queue in policy.properties["Queues"]}
    for queue in queues_found:
        if queue.properties.get("KmsMasterKeyId") != DATA_KEY:
            yield f"{queue} is not encrypted with the deployment's key"
        if queue.properties.get("MessageRetentionPeriod") != FOURTEEN_DAYS:
            yield f"{queue} keeps messages for {queue.properties.get('MessageRetentionPeriod')} s"
        if text({"Ref": queue.name}) not in over_tls:
            yield f"{queue} answers without TLS"
    audit = next(queue for queue in queues_found if short_name(queue) == "audit")
    redrive = audit.properties.get("RedrivePolicy", {})
    if redrive.get("deadLetterTargetArn") != {"Fn::GetAtt": ["AuditDeadLetters", "Arn"]} or not 1 <= redrive.get("maxReceiveCount", 0) <= 10:
        yield "audit records that can't be written go round for ever"


@rule("Every log group is encrypted with the deployment's key and ends some day; a function writes to the one of its name.")
def log_groups(templates):
    for group in templates.resources("AWS::Logs::LogGroup"):
        if group.properties.get("KmsKeyId") != {"Ref": "KeyArn"}:
            yield f"{group} is not encrypted with the deployment's key"
        if group.properties.get("RetentionInDays") != {"Ref": "LogRetentionDays"}:
            yield f"{group} never ends"
    for function in templates.functions():
        logging = function.properties.get("LoggingConfig", {})
        if "Ref" not in logging.get("LogGroup", {}):
            yield f"{function} writes to a log group that Lambda makes: unencrypted, for ever"
            continue
        name = templates.resource(function.stack, logging["LogGroup"]["Ref"]).properties["LogGroupName"]["Fn::Sub"]
        if name != "/aws/lambda/${Name}-" + short_name(function):
            yield f"{function} writes to {name}"


@rule("The data key lets CloudWatch Logs encrypt this stack's groups, and no others.")
def logs_may_encrypt(templates):
    key = templates.resource("data", "DataKey")
    allowed = [
        arn["Fn::Sub"].split(":log-group:")[1]
        for statement in statements(key.properties["KeyPolicy"])
        if statement["Effect"] == "Allow" and "Service" in statement["Principal"]
        for arn in listed(statement["Condition"]["ArnLike"]["kms:EncryptionContext:aws:logs:arn"])
    ]
    for group in templates.resources("AWS::Logs::LogGroup"):
        name = group.properties["LogGroupName"]["Fn::Sub"]
        if not any(name == one or (one.endswith("*") and name.startswith(one[:-1])) for one in allowed):
            yield f"{group}: the data key does not serve {name}"
    for one in allowed:
        if "${Name}" not in one:
            yield f"the data key serves {one}"


NAMED = {
    "AWS::DynamoDB::Table": "TableName",
    "AWS::SQS::Queue": "QueueName",
    "AWS::Lambda::Function": "FunctionName",
    "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::IAM::Role": "RoleName",
    "AWS::KMS::Alias": "AliasName",
    "AWS::CloudWatch::Alarm": "AlarmName",
}


@rule("What is referred to from elsewhere has a name of its own, so that an update, even of a logical id, keeps it.")
def names(templates):
    for type_, member in NAMED.items():
        seen = set()
        for resource in templates.resources(type_):
            name = text(resource.properties.get(member, ""))
            if "${Name}" not in name:
                yield f"{resource} is named {name or 'by chance'}"
            if name in seen:
                yield f"{resource} has the name of another: {name}"
            seen.add(name)


@rule("The customer's own key takes the place of ours everywhere.")
def customers_key(templates):
    evaluation = Evaluation(templates.by_stack["data"], {"KmsKeyArn": "arn:aws:kms:eu-central-1:111122223333:key/1"})
    if evaluation.created(templates.resource("data", "DataKey")):
        yield "a key is made beside the customer's"
    if templates.by_stack["data"]["Outputs"]["KeyArn"]["Value"] != DATA_KEY:
        yield "the functions use another key than the tables"
