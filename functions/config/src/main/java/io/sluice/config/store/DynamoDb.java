package io.sluice.config.store;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonNull;
import io.sluice.core.json.JsonNumber;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What reading DynamoDB tables has in common. */
public final class DynamoDb {

  private static final Duration ATTEMPT = Duration.ofSeconds(2);
  private static final Duration CALL = Duration.ofSeconds(5);

  private DynamoDb() {}

  /**
   * A client over the JDK's own HTTP, the SDK's lightest.
   *
   * @param endpoint DynamoDB Local, {@code null} for the service itself with the environment's
   *     region and credentials
   */
  public static DynamoDbClient client(@Nullable URI endpoint) {
    return client(endpoint, ATTEMPT, CALL);
  }

  /** The same with another patience for one attempt and for the whole call. */
  public static DynamoDbClient client(@Nullable URI endpoint, Duration attempt, Duration call) {
    DynamoDbClientBuilder builder = builder(attempt, call);
    return endpoint == null ? builder.build() : local(builder.endpointOverride(endpoint)).build();
  }

  /**
   * A client for whoever runs a command.
   *
   * @param region the region, {@code null} for the environment's
   * @param endpoint another endpoint than the region's own; one of plain HTTP is DynamoDB Local
   */
  public static DynamoDbClient client(
      @Nullable String region, @Nullable URI endpoint, Duration attempt, Duration call) {
    DynamoDbClientBuilder builder = builder(attempt, call);
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
      if ("http".equals(endpoint.getScheme())) {
        local(builder);
      }
    }
    if (region != null) {
      builder.region(Region.of(region));
    }
    return builder.build();
  }

  private static DynamoDbClientBuilder builder(Duration attempt, Duration call) {
    return DynamoDbClient.builder()
        .httpClientBuilder(
            UrlConnectionHttpClient.builder().connectionTimeout(attempt).socketTimeout(attempt))
        .overrideConfiguration(
            settings -> settings.apiCallAttemptTimeout(attempt).apiCallTimeout(call));
  }

  /** DynamoDB Local wants some region and credentials, and believes any. */
  private static DynamoDbClientBuilder local(DynamoDbClientBuilder builder) {
    return builder
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
  }

  /** An item as JSON; sets become lists, binary values become null. */
  public static JsonObject json(Map<String, AttributeValue> item) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    item.forEach((name, value) -> members.put(name, json(value)));
    return new JsonObject(members);
  }

  /** The failure without the SDK's own text, which may quote the request. */
  public static IOException failure(String table, SdkException e) {
    return failure(table, "read", e);
  }

  /** The same for what was to be done with the table, such as {@code written}. */
  public static IOException failure(String table, String done, SdkException e) {
    String code =
        e instanceof AwsServiceException service && service.awsErrorDetails() != null
            ? service.awsErrorDetails().errorCode()
            : e.getClass().getSimpleName();
    return new IOException("table " + table + " cannot be " + done + ": " + code, e);
  }

  private static JsonValue json(AttributeValue value) {
    return switch (value.type()) {
      case S -> JsonValue.of(value.s());
      case N -> new JsonNumber(value.n());
      case BOOL -> JsonValue.of(value.bool());
      case M -> json(value.m());
      case L -> new JsonArray(value.l().stream().map(DynamoDb::json).toList());
      case SS -> JsonArray.of(value.ss());
      case NS -> new JsonArray(value.ns().stream().<JsonValue>map(JsonNumber::new).toList());
      case NUL, B, BS, UNKNOWN_TO_SDK_VERSION -> JsonNull.NULL;
    };
  }
}
