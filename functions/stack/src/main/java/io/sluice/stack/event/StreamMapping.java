package io.sluice.stack.event;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import io.sluice.stack.aws.JsonClient;
import io.sluice.stack.aws.Queues;
import io.sluice.stack.function.FunctionError;
import io.sluice.stack.function.Functions;
import io.sluice.stack.function.InvocationAnswer;
import io.sluice.stack.function.ThrottledException;
import io.sluice.stack.template.Resource;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An event source mapping of a table's stream: batches in order, retried, halved where the mapping
 * says so, and told of in the failure queue once they are given up.
 */
public final class StreamMapping implements AutoCloseable {

  private static final String API = "DynamoDBStreams_20120810.";
  private static final long BETWEEN_POLLS_MILLIS = 250;
  private static final long BETWEEN_TRIES_MILLIS = 500;

  private final Resource mapping;
  private final String localStream;
  private final JsonClient client;
  private final Functions.Target target;
  private final Queues queues;
  private final String region;
  private final EventFilter filter;
  private final Map<String, String> iterators = new LinkedHashMap<>();
  private final Map<String, BigInteger> seen = new HashMap<>();
  private final Consumer<String> problems;
  private final Polling polling;

  /**
   * Starts the mapping.
   *
   * @param localStream DynamoDB Local's ARN of the stream
   * @param problems takes what went wrong, in a line
   */
  public StreamMapping(
      Resource mapping,
      String localStream,
      JsonClient client,
      Functions.Target target,
      Queues queues,
      String region,
      Consumer<String> problems) {
    this.mapping = mapping;
    this.localStream = localStream;
    this.client = client;
    this.target = target;
    this.queues = queues;
    this.region = region;
    this.problems = problems;
    this.filter = EventFilter.of(mapping);
    this.polling = new Polling("stream-" + mapping.logicalId(), this::poll, problems);
  }

  private void poll() throws IOException, InterruptedException {
    JsonObject stream =
        client
            .call(
                API + "DescribeStream", JsonObject.builder().put("StreamArn", localStream).build())
            .object("StreamDescription");
    JsonArray shards = stream == null ? null : stream.array("Shards");
    boolean quiet = true;
    for (JsonValue one : shards == null ? JsonArray.EMPTY : shards) {
      String shard = ((JsonObject) one).text("ShardId", "");
      List<JsonObject> batch = batch(shard);
      quiet &= batch.isEmpty();
      List<JsonObject> passing = batch.stream().filter(filter::passes).toList();
      if (!passing.isEmpty()) {
        deliver(shard, passing, 0);
      }
    }
    if (quiet) {
      Thread.sleep(BETWEEN_POLLS_MILLIS);
    }
  }

  /** A batch: full, or what came until its window closed. */
  private List<JsonObject> batch(String shard) throws IOException, InterruptedException {
    int size = mapping.number("BatchSize", 100);
    long window = mapping.number("MaximumBatchingWindowInSeconds", 0) * 1_000_000_000L;
    List<JsonObject> batch = new ArrayList<>(records(shard, size));
    long end = System.nanoTime() + window;
    while (!batch.isEmpty() && batch.size() < size && System.nanoTime() < end) {
      Thread.sleep(BETWEEN_POLLS_MILLIS);
      batch.addAll(records(shard, size - batch.size()));
    }
    return batch;
  }

  private List<JsonObject> records(String shard, int limit)
      throws IOException, InterruptedException {
    String iterator = iterators.get(shard);
    if (iterator == null) {
      iterator =
          client
              .call(
                  API + "GetShardIterator",
                  JsonObject.builder()
                      .put("StreamArn", localStream)
                      .put("ShardId", shard)
                      .put("ShardIteratorType", mapping.text("StartingPosition"))
                      .build())
              .text("ShardIterator", "");
    }
    if (iterator.isEmpty()) {
      return List.of();
    }
    JsonObject read;
    try {
      read =
          client.call(
              API + "GetRecords",
              JsonObject.builder().put("ShardIterator", iterator).put("Limit", limit).build());
    } catch (IOException e) {
      // DynamoDB Local's iterators age: the next round begins anew, and passes over what it had.
      iterators.remove(shard);
      throw e;
    }
    iterators.put(shard, read.text("NextShardIterator", ""));
    List<JsonObject> records = new ArrayList<>();
    JsonArray all = read.array("Records");
    for (JsonValue one : all == null ? JsonArray.EMPTY : all) {
      JsonObject change = (JsonObject) one;
      BigInteger number = new BigInteger(sequence(change));
      if (number.compareTo(seen.getOrDefault(shard, BigInteger.ONE.negate())) > 0) {
        seen.put(shard, number);
        records.add(
            JsonObject.builder()
                .putAll(change)
                .put("awsRegion", region)
                .put("eventSource", "aws:dynamodb")
                .put("eventSourceARN", mapping.text("EventSourceArn"))
                .build());
      }
    }
    return records;
  }

  private void deliver(String shard, List<JsonObject> records, int tries)
      throws IOException, InterruptedException {
    FunctionError error = null;
    int retries = mapping.number("MaximumRetryAttempts", -1);
    for (int attempt = tries; retries < 0 || attempt <= retries; attempt++) {
      error = invoke(records);
      if (error == null) {
        return;
      }
      problems.accept(mapping.logicalId() + ": " + error.payload());
      if (mapping.flag("BisectBatchOnFunctionError") && records.size() > 1) {
        int half = records.size() / 2;
        deliver(shard, records.subList(0, half), attempt);
        deliver(shard, records.subList(half, records.size()), attempt);
        return;
      }
      Thread.sleep(BETWEEN_TRIES_MILLIS);
    }
    giveUp(shard, records, retries + 1, error);
  }

  private @Nullable FunctionError invoke(List<JsonObject> records) throws InterruptedException {
    try {
      InvocationAnswer answer =
          target.invoke(Json.write(JsonObject.builder().put("Records", records).build()));
      byte[] _ = answer.rest();
      return answer.error();
    } catch (ThrottledException e) {
      return new FunctionError("TooManyRequestsException", String.valueOf(e.getMessage()));
    }
  }

  private void giveUp(
      String shard, List<JsonObject> records, int tries, @Nullable FunctionError error)
      throws IOException, InterruptedException {
    JsonObject destinations = mapping.object("DestinationConfig");
    JsonObject onFailure = destinations == null ? null : destinations.object("OnFailure");
    String destination = onFailure == null ? null : onFailure.text("Destination");
    if (destination == null) {
      return;
    }
    JsonObject told =
        JsonObject.builder()
            .put("version", "1.0")
            .put("timestamp", Instant.now().toString())
            .put(
                "requestContext",
                Map.of(
                    "functionArn",
                    target.arn(),
                    "condition",
                    "RetryAttemptsExhausted",
                    "approximateInvokeCount",
                    tries))
            .put(
                "responseContext",
                Map.of("statusCode", 200, "functionError", error == null ? "" : "Unhandled"))
            .put(
                "DDBStreamBatchInfo",
                JsonObject.builder()
                    .put("shardId", shard)
                    .put("startSequenceNumber", sequence(records.getFirst()))
                    .put("endSequenceNumber", sequence(records.getLast()))
                    .put("batchSize", records.size())
                    .put("streamArn", mapping.text("EventSourceArn"))
                    .build())
            .build();
    queues.send(Queues.name(destination), Json.text(told));
  }

  private static String sequence(JsonObject record) {
    JsonObject change = record.object("dynamodb");
    return change == null ? "" : change.text("SequenceNumber", "");
  }

  @Override
  public void close() {
    polling.close();
  }
}
