package io.sluice.stack.aws;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import io.sluice.stack.template.Resource;
import io.sluice.stack.template.UnresolvedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The stack's queues in ElasticMQ, made from the template's definitions. Thread-safe. */
public final class Queues {

  private static final String API = "AmazonSQS.";

  private static final int WARMING = 20;

  private static final Set<String> CREATED =
      Set.of(
          "VisibilityTimeout",
          "DelaySeconds",
          "ReceiveMessageWaitTimeSeconds",
          "MessageRetentionPeriod",
          "FifoQueue",
          "ContentBasedDeduplication");

  private static final Set<String> IGNORED =
      Set.of(
          "QueueName",
          "RedrivePolicy",
          "RedriveAllowPolicy",
          "KmsMasterKeyId",
          "KmsDataKeyReusePeriodSeconds",
          "SqsManagedSseEnabled",
          "MaximumMessageSize",
          "Tags");

  private final JsonClient client;
  private final String origin;

  /**
   * @param origin ElasticMQ's
   */
  public Queues(JsonClient client, String origin) {
    this.client = client;
    this.origin = origin;
  }

  /** Makes queues, those that others send their dead letters to first. */
  public void create(List<Resource> queues) throws IOException, InterruptedException {
    List<Resource> ordered = new ArrayList<>(queues);
    ordered.sort((a, b) -> Boolean.compare(redrives(a), redrives(b)));
    for (Resource queue : ordered) {
      Map<String, String> attributes = new LinkedHashMap<>();
      for (String name : queue.properties().members().keySet()) {
        if (CREATED.contains(name)) {
          attributes.put(name, queue.text(name));
        } else if (!IGNORED.contains(name)) {
          throw new UnresolvedException(queue.place(), name + " is not known here");
        }
      }
      JsonObject redrive = queue.object("RedrivePolicy");
      if (redrive != null) {
        attributes.put("RedrivePolicy", Json.text(redrive));
      }
      try {
        client.call(
            API + "CreateQueue",
            JsonObject.builder()
                .put("QueueName", queue.text("QueueName", name(queue.physicalId())))
                .put("Attributes", attributes)
                .build());
      } catch (IOException e) {
        throw new UnresolvedException(queue.place(), String.valueOf(e.getMessage()));
      }
    }
  }

  /** Has ElasticMQ load what it needs: SQS is not slow at its first message. */
  public void warmUp() throws IOException, InterruptedException {
    String name = "stack-warm-up";
    client.call(API + "CreateQueue", JsonObject.builder().put("QueueName", name).build());
    for (int i = 0; i < WARMING; i++) {
      send(name, "x".repeat(1000));
      for (JsonObject message : receive(name, 1, 0)) {
        delete(name, message);
      }
    }
  }

  private static boolean redrives(Resource queue) {
    return queue.properties().has("RedrivePolicy");
  }

  /** The name of a queue from its URL or ARN. */
  public static String name(String urlOrArn) {
    return urlOrArn.substring(Math.max(urlOrArn.lastIndexOf('/'), urlOrArn.lastIndexOf(':')) + 1);
  }

  /** The call's body with ElasticMQ's URL of the queue in place of AWS's. */
  JsonObject local(JsonObject body) {
    return JsonObject.builder()
        .putAll(body)
        .put("QueueUrl", url(name(body.text("QueueUrl", ""))))
        .build();
  }

  private String url(String name) {
    return origin + "/000000000000/" + name;
  }

  /** Sends a message. */
  public void send(String name, String body) throws IOException, InterruptedException {
    client.call(
        API + "SendMessage",
        JsonObject.builder().put("QueueUrl", url(name)).put("MessageBody", body).build());
  }

  /** A message as it is received: {@code MessageId, ReceiptHandle, Body, Attributes, ...}. */
  public List<JsonObject> receive(String name, int atMost, int waitSeconds)
      throws IOException, InterruptedException {
    JsonArray messages =
        client
            .call(
                API + "ReceiveMessage",
                JsonObject.builder()
                    .put("QueueUrl", url(name))
                    .put("MaxNumberOfMessages", Math.min(10, atMost))
                    .put("WaitTimeSeconds", waitSeconds)
                    .put("AttributeNames", List.of("All"))
                    .build())
            .array("Messages");
    List<JsonObject> all = new ArrayList<>();
    for (JsonValue message : messages == null ? JsonArray.EMPTY : messages) {
      all.add((JsonObject) message);
    }
    return all;
  }

  /** Deletes a message that was received. */
  public void delete(String name, JsonObject message) throws IOException, InterruptedException {
    client.call(
        API + "DeleteMessage",
        JsonObject.builder()
            .put("QueueUrl", url(name))
            .put("ReceiptHandle", message.text("ReceiptHandle", ""))
            .build());
  }
}
