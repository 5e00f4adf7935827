package io.sluice.stack;

import io.sluice.stack.aws.AwsEndpoint;
import io.sluice.stack.aws.DynamoDbOperations;
import io.sluice.stack.aws.Emulator;
import io.sluice.stack.aws.JsonClient;
import io.sluice.stack.aws.KmsOperations;
import io.sluice.stack.aws.LambdaOperations;
import io.sluice.stack.aws.Queues;
import io.sluice.stack.aws.SecretOperations;
import io.sluice.stack.aws.SqsOperations;
import io.sluice.stack.aws.Tables;
import io.sluice.stack.function.FunctionDefinition;
import io.sluice.stack.function.Functions;
import io.sluice.stack.iam.Roles;
import io.sluice.stack.template.Account;
import io.sluice.stack.template.ResolvedStack;
import io.sluice.stack.template.Resource;
import io.sluice.testing.StubKeys;
import io.sluice.testing.TestKey;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** The services of a stack: two emulators behind endpoints, and those that are made here. */
final class AwsSide implements AutoCloseable {

  private final Emulator dynamoDb;
  private final Emulator sqs;
  private final JsonClient dynamoDbClient;
  private final JsonClient sqsClient;
  private final Tables tables;
  private final Queues queues;
  private final Map<String, AwsEndpoint> endpoints = new HashMap<>();
  private final List<String> refusals = new CopyOnWriteArrayList<>();

  private AwsSide(Emulator dynamoDb, Emulator sqs, Account account) {
    this.dynamoDb = dynamoDb;
    this.sqs = sqs;
    this.dynamoDbClient = new JsonClient(dynamoDb.url());
    this.sqsClient = new JsonClient(sqs.url());
    this.tables = new Tables(dynamoDbClient, account);
    this.queues = new Queues(sqsClient, sqs.url());
  }

  /** Starts everything and makes what the stack's resources describe. */
  static AwsSide start(
      ResolvedStack stack, StackOptions options, Roles roles, Supplier<Functions> functions)
      throws IOException, InterruptedException {
    Emulator dynamoDb = Emulator.dynamoDb(options.folder());
    Emulator sqs;
    try {
      sqs = Emulator.sqs(options.folder());
    } catch (IOException e) {
      dynamoDb.close();
      throw e;
    }
    AwsSide side = new AwsSide(dynamoDb, sqs, stack.account());
    try {
      side.create(stack, options, roles, functions);
      return side;
    } catch (IOException | InterruptedException | RuntimeException e) {
      side.close();
      throw e;
    }
  }

  private void create(
      ResolvedStack stack, StackOptions options, Roles roles, Supplier<Functions> functions)
      throws IOException, InterruptedException {
    Account account = stack.account();
    for (Resource table : stack.ofType("AWS::DynamoDB::Table").toList()) {
      tables.create(table);
    }
    queues.create(stack.ofType("AWS::SQS::Queue").toList());
    queues.warmUp();
    StubKeys keys = new StubKeys();
    stack
        .ofType("AWS::KMS::Key")
        .filter(key -> key.text("KeyUsage", "ENCRYPT_DECRYPT").equals("SIGN_VERIFY"))
        .forEach(key -> keys.put(account.arn("kms", "key/" + key.physicalId()), signing(key)));
    SecretOperations secrets = new SecretOperations(account);
    options.secrets().forEach(secrets::put);
    String region = account.region();
    start("dynamodb", "DYNAMODB", region, roles, new DynamoDbOperations(tables, dynamoDbClient));
    start("sqs", "SQS", region, roles, new SqsOperations(queues, sqsClient, account));
    start("kms", "KMS", region, roles, new KmsOperations(keys));
    start("secretsmanager", "SECRETS_MANAGER", region, roles, secrets);
    start("lambda", "LAMBDA", region, roles, new LambdaOperations(functions));
  }

  private static TestKey signing(Resource key) {
    String spec = key.text("KeySpec", "");
    if (!spec.startsWith("RSA_")) {
      throw new IllegalArgumentException(key.place() + ": the KeySpec " + spec + " is not known");
    }
    return TestKey.create(key.logicalId(), Integer.parseInt(spec.substring("RSA_".length())));
  }

  private void start(
      String service,
      String variable,
      String region,
      Roles roles,
      AwsEndpoint.Operations operations) {
    endpoints.put(variable, AwsEndpoint.start(service, region, roles, refusals::add, operations));
  }

  Map<String, String> environment() {
    Map<String, String> variables = new HashMap<>();
    endpoints.forEach((name, one) -> variables.put("AWS_ENDPOINT_URL_" + name, one.url()));
    return variables;
  }

  void callers(List<FunctionDefinition> functions) {
    endpoints.values().forEach(endpoint -> endpoint.callers(functions));
  }

  AwsEndpoint endpoint(String variable) {
    AwsEndpoint found = endpoints.get(variable);
    if (found == null) {
      throw new IllegalArgumentException(variable);
    }
    return found;
  }

  Tables tables() {
    return tables;
  }

  Queues queues() {
    return queues;
  }

  JsonClient dynamoDbClient() {
    return dynamoDbClient;
  }

  List<String> refusals() {
    return List.copyOf(refusals);
  }

  @Override
  public void close() {
    endpoints.values().forEach(AwsEndpoint::close);
    dynamoDbClient.close();
    sqsClient.close();
    dynamoDb.close();
    sqs.close();
  }
}
