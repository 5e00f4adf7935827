package io.sluice.testing;

import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;
import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * AWS's own DynamoDB Local in this process, in memory, with a client whose patience no loaded
 * machine ends. Modules that use it add {@code DynamoDBLocal} and the SDK's client to their tests.
 * Thread-safe.
 */
public final class LocalDynamoDb implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String ANY_KEY = "local";

  private final DynamoDBProxyServer server;
  private final URI endpoint;
  private final DynamoDbClient client;

  private LocalDynamoDb(DynamoDBProxyServer server, URI endpoint) {
    this.server = server;
    this.endpoint = endpoint;
    this.client =
        DynamoDbClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(ANY_KEY, ANY_KEY)))
            .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(PATIENCE))
            .overrideConfiguration(
                settings -> settings.apiCallAttemptTimeout(PATIENCE).apiCallTimeout(PATIENCE))
            .build();
  }

  /** Starts it at a free port of the loopback address. */
  public static LocalDynamoDb start() {
    try {
      int port;
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = free.getLocalPort();
      }
      DynamoDBProxyServer server =
          ServerRunner.createServerFromCommandLineArgs(
              new String[] {"-inMemory", "-sharedDb", "-port", String.valueOf(port)});
      server.start();
      return new LocalDynamoDb(server, URI.create("http://127.0.0.1:" + port));
    } catch (Exception e) { // what start declares
      throw new IllegalStateException("DynamoDB Local does not start", e);
    }
  }

  /** Its URL. */
  public URI endpoint() {
    return endpoint;
  }

  /** What a function's environment needs in order to call it: Region, keys, endpoint. */
  public Map<String, String> environment() {
    return Map.of(
        "AWS_REGION",
        Region.US_EAST_1.id(),
        "AWS_ACCESS_KEY_ID",
        ANY_KEY,
        "AWS_SECRET_ACCESS_KEY",
        ANY_KEY,
        "AWS_ENDPOINT_URL_DYNAMODB",
        endpoint.toString());
  }

  /** A client of it. */
  public DynamoDbClient client() {
    return client;
  }

  /** Makes a table of rows, and gives its name back. */
  public String routes(String name) {
    return table(
        CreateTableRequest.builder()
            .tableName(name)
            .keySchema(key("kind", KeyType.HASH), key("name", KeyType.RANGE))
            .attributeDefinitions(text("kind"), text("name")));
  }

  /** Makes a table of state, and gives its name back. */
  public String state(String name) {
    return table(
        CreateTableRequest.builder()
            .tableName(name)
            .keySchema(key("id", KeyType.HASH))
            .attributeDefinitions(text("id")));
  }

  @Override
  public void close() throws IOException {
    client.close();
    try {
      server.stop();
    } catch (Exception e) { // what stop declares
      throw new IOException("DynamoDB Local does not stop", e);
    }
  }

  private String table(CreateTableRequest.Builder request) {
    return client
        .createTable(request.billingMode(BillingMode.PAY_PER_REQUEST).build())
        .tableDescription()
        .tableName();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }
}
