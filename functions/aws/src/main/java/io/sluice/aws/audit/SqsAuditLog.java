package io.sluice.aws.audit;

import io.sluice.aws.AwsEnvironment;
import io.sluice.aws.AwsException;
import io.sluice.aws.SqsQueue;
import io.sluice.core.audit.AuditException;
import io.sluice.core.audit.AuditLog;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLines;
import io.sluice.core.log.JsonLog;
import io.sluice.core.log.Redaction;
import io.sluice.core.time.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Sends audit records to a queue, in parts of at most 200 KiB (docs/audit.md). A record is accepted
 * when SQS has answered 200 for all of its parts, or, where SQS fails or takes too long, when the
 * whole record is on standard output, credentials masked and marked {@code "audit_fallback":true}.
 * Thread-safe; blocks.
 */
public final class SqsAuditLog implements AuditLog, AutoCloseable {

  /** How long SQS may take for a part. */
  static final Duration PATIENCE = Duration.ofMillis(300);

  /** How long it may take for a record, however many parts it has. */
  static final Duration LONGEST = Duration.ofSeconds(1);

  private static final String QUEUE_URL = "SLUICE_AUDIT_QUEUE_URL";

  private final SqsQueue queue;
  private final JsonLines fallback;

  /**
   * @param fallback standard output, which says when it doesn't take a line
   */
  public SqsAuditLog(SqsQueue queue, JsonLines fallback) {
    this.queue = queue;
    this.fallback = fallback;
  }

  /**
   * The log of the queue that {@code SLUICE_AUDIT_QUEUE_URL} names; nothing is called yet.
   *
   * @throws IllegalArgumentException if the variable is missing; the message names it
   */
  public static SqsAuditLog of(
      Map<String, String> environment, AwsEnvironment aws, JsonLines fallback) {
    String url = environment.getOrDefault(QUEUE_URL, "");
    if (url.isBlank()) {
      throw new IllegalArgumentException(
          "The environment variable "
              + QUEUE_URL
              + " is missing: it names the queue of audit records");
    }
    return new SqsAuditLog(new SqsQueue(aws, url), fallback);
  }

  @Override
  public void append(JsonObject record) throws AuditException {
    String id = UUID.randomUUID().toString();
    try {
      send(AuditParts.of(id, record));
    } catch (AwsException e) {
      keep(id, record, e);
    }
  }

  /** Sends the record beside what the caller does next. */
  @Override
  public Acceptance begin(JsonObject record) {
    CompletableFuture<Void> accepted = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("audit")
        .start(
            () -> {
              try {
                append(record);
                accepted.complete(null);
              } catch (AuditException | RuntimeException e) {
                accepted.completeExceptionally(e);
              }
            });
    return () -> await(accepted);
  }

  private static void await(CompletableFuture<Void> accepted) throws AuditException {
    try {
      accepted.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof AuditException refused
          ? refused
          : new AuditException("the audit record could not be sent", e);
    }
  }

  private void send(List<JsonObject> parts) throws AwsException {
    Deadline last = Deadline.after(LONGEST);
    for (JsonObject part : parts) {
      queue.send(Json.asciiLine(part), Deadline.after(PATIENCE).earlier(last));
    }
  }

  private void keep(String id, JsonObject record, AwsException problem) throws AuditException {
    JsonObject masked = Redaction.mask(record) instanceof JsonObject object ? object : record;
    try {
      for (JsonObject part : AuditParts.of(id, masked)) {
        fallback.write(
            JsonLog.Level.WARNING,
            "audit",
            "an audit record is kept here, since its queue did not take it",
            JsonObject.builder()
                .put("audit_fallback", true)
                .put("reason", problem.getMessage())
                .putAll(part)
                .build());
      }
    } catch (IOException e) {
      throw new AuditException(
          "neither the queue nor standard output took it: " + problem.getMessage(), e);
    }
  }

  @Override
  public void close() {
    queue.close();
  }
}
