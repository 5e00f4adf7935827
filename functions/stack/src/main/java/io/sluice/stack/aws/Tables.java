package io.sluice.stack.aws;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import io.sluice.stack.iam.AwsAction;
import io.sluice.stack.template.Account;
import io.sluice.stack.template.Resource;
import io.sluice.stack.template.UnresolvedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The stack's tables in DynamoDB Local, made from the template's definitions. Thread-safe. */
public final class Tables {

  private static final String API = "DynamoDB_20120810.";

  /** What DynamoDB gets of a definition. */
  private static final Set<String> CREATED =
      Set.of("AttributeDefinitions", "KeySchema", "BillingMode", "ProvisionedThroughput");

  /** What has no meaning here. */
  private static final Set<String> IGNORED =
      Set.of(
          "TableName",
          "StreamSpecification",
          "DeletionProtectionEnabled",
          "PointInTimeRecoverySpecification",
          "SSESpecification",
          "TableClass",
          "Tags",
          "ContributorInsightsSpecification",
          "TimeToLiveSpecification");

  private final JsonClient client;
  private final Account account;
  private final Map<String, String> hashKeys = new HashMap<>();
  private final Map<String, String> streams = new HashMap<>();

  public Tables(JsonClient client, Account account) {
    this.client = client;
    this.account = account;
  }

  /** Makes a table. */
  public void create(Resource table) throws IOException, InterruptedException {
    JsonObject.Builder request = JsonObject.builder().put("TableName", table.physicalId());
    table
        .properties()
        .members()
        .forEach(
            (name, value) -> {
              if (CREATED.contains(name)) {
                request.put(name, value);
              } else if (!IGNORED.contains(name)) {
                throw new UnresolvedException(table.place(), name + " is not known here");
              }
            });
    JsonObject stream = table.object("StreamSpecification");
    if (stream != null) {
      request.put(
          "StreamSpecification",
          JsonObject.builder().putAll(stream).put("StreamEnabled", true).build());
    }
    JsonObject created = client.call(API + "CreateTable", request.build());
    for (JsonObject key : table.objects("KeySchema")) {
      if (key.text("KeyType", "").equals("HASH")) {
        hashKeys.put(table.physicalId(), key.text("AttributeName", ""));
      }
    }
    JsonObject description = created.object("TableDescription");
    String arn = description == null ? null : description.text("LatestStreamArn");
    if (arn != null) {
      streams.put(table.physicalId(), arn);
    }
  }

  /** DynamoDB Local's own ARN of the table's stream, {@code null} where it has none. */
  public @Nullable String stream(String table) {
    return streams.get(table);
  }

  /** What a call does, for its permissions. */
  List<AwsAction> actions(String operation, JsonObject request) {
    JsonArray transaction = request.array("TransactItems");
    if (transaction != null) {
      List<AwsAction> all = new ArrayList<>();
      for (JsonValue item : transaction) {
        ((JsonObject) item)
            .members()
            .forEach(
                (kind, body) ->
                    all.add(
                        action(
                            kind.equals("ConditionCheck") ? "ConditionCheckItem" : kind + "Item",
                            (JsonObject) body)));
      }
      return all;
    }
    JsonObject items = request.object("RequestItems");
    if (items != null) {
      return items.members().keySet().stream()
          .map(table -> new AwsAction("dynamodb:" + operation, arn(table)))
          .toList();
    }
    return List.of(action(operation, request));
  }

  private AwsAction action(String operation, JsonObject request) {
    String table = request.text("TableName", "");
    JsonObject key = request.object(request.has("Item") ? "Item" : "Key");
    JsonObject hash = key == null ? null : key.object(hashKeys.getOrDefault(table, ""));
    Map<String, List<String>> keys =
        hash != null && hash.get("S") instanceof JsonString text
            ? Map.of("dynamodb:LeadingKeys", List.of(text.value()))
            : Map.of();
    return new AwsAction("dynamodb:" + operation, arn(table), keys);
  }

  private String arn(String table) {
    return table.startsWith("arn:") ? table : account.arn("dynamodb", "table/" + table);
  }

  /** Puts an item, as an administrator does. */
  public void put(String table, JsonObject item) throws IOException, InterruptedException {
    client.call(
        API + "PutItem", JsonObject.builder().put("TableName", table).put("Item", item).build());
  }

  /** Deletes an item. */
  public void delete(String table, JsonObject key) throws IOException, InterruptedException {
    client.call(
        API + "DeleteItem", JsonObject.builder().put("TableName", table).put("Key", key).build());
  }

  /** An item, {@code null} where there is none. */
  public @Nullable JsonObject get(String table, JsonObject key)
      throws IOException, InterruptedException {
    return client
        .call(
            API + "GetItem",
            JsonObject.builder()
                .put("TableName", table)
                .put("Key", key)
                .put("ConsistentRead", true)
                .build())
        .object("Item");
  }
}
