package io.sluice.stack.event;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.json.JsonValue;
import io.sluice.stack.aws.Queues;
import io.sluice.stack.function.Functions;
import io.sluice.stack.function.InvocationAnswer;
import io.sluice.stack.function.ThrottledException;
import io.sluice.stack.template.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An event source mapping of a queue: messages that a function handled are deleted, the others come
 * again after the queue's visibility timeout, and end in its dead-letter queue.
 */
public final class QueueMapping implements AutoCloseable {

  private final Resource mapping;
  private final String queue;
  private final Queues queues;
  private final Functions.Target target;
  private final String region;
  private final EventFilter filter;
  private final Polling polling;

  /** Starts the mapping. */
  public QueueMapping(
      Resource mapping,
      Queues queues,
      Functions.Target target,
      String region,
      Consumer<String> problems) {
    this.mapping = mapping;
    this.queue = Queues.name(mapping.text("EventSourceArn"));
    this.queues = queues;
    this.target = target;
    this.region = region;
    this.filter = EventFilter.of(mapping);
    this.polling = new Polling("queue-" + mapping.logicalId(), this::poll, problems);
  }

  private void poll() throws IOException, InterruptedException {
    int size = mapping.number("BatchSize", 10);
    int window = mapping.number("MaximumBatchingWindowInSeconds", 0);
    List<JsonObject> batch = new ArrayList<>(queues.receive(queue, size, 1));
    long end = System.nanoTime() + window * 1_000_000_000L;
    while (!batch.isEmpty() && batch.size() < size && System.nanoTime() < end) {
      batch.addAll(queues.receive(queue, size - batch.size(), 1));
    }
    List<JsonObject> records = new ArrayList<>();
    for (JsonObject message : batch) {
      JsonObject record = record(message);
      if (filter.passes(record)) {
        records.add(record);
      } else {
        queues.delete(queue, message); // as Lambda does
      }
    }
    if (records.isEmpty()) {
      return;
    }
    Set<String> failed = failed(records);
    for (JsonObject message : batch) {
      if (!failed.contains(message.text("MessageId", ""))) {
        queues.delete(queue, message);
      }
    }
  }

  private JsonObject record(JsonObject message) {
    return JsonObject.builder()
        .put("messageId", message.text("MessageId", ""))
        .put("receiptHandle", message.text("ReceiptHandle", ""))
        .put("body", message.text("Body", ""))
        .putPresent("attributes", message.object("Attributes"))
        .put("messageAttributes", JsonObject.EMPTY)
        .put("md5OfBody", message.text("MD5OfBody", ""))
        .put("eventSource", "aws:sqs")
        .put("eventSourceARN", mapping.text("EventSourceArn"))
        .put("awsRegion", region)
        .build();
  }

  /** The ids of the messages that the function did not handle. */
  private Set<String> failed(List<JsonObject> records) throws InterruptedException {
    Set<String> all = new HashSet<>();
    records.forEach(record -> all.add(record.text("messageId", "")));
    try {
      InvocationAnswer answer =
          target.invoke(Json.write(JsonObject.builder().put("Records", records).build()));
      byte[] answered = answer.rest();
      if (answer.error() != null) {
        return all;
      }
      if (!mapping.texts("FunctionResponseTypes").contains("ReportBatchItemFailures")
          || answered.length == 0) {
        return Set.of();
      }
      return Json.read(answered) instanceof JsonObject report ? reported(report, all) : Set.of();
    } catch (ThrottledException | JsonSyntaxException e) {
      return all;
    }
  }

  private static Set<String> reported(JsonObject report, Set<String> all) {
    JsonArray failures = report.array("batchItemFailures");
    Set<String> failed = new HashSet<>();
    for (JsonValue failure : failures == null ? JsonArray.EMPTY : failures) {
      String id = failure instanceof JsonObject object ? object.text("itemIdentifier", "") : "";
      if (!all.contains(id)) {
        return all; // an id that isn't in the batch fails the whole batch
      }
      failed.add(id);
    }
    return failed;
  }

  @Override
  public void close() {
    polling.close();
  }
}
