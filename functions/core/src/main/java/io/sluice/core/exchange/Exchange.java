package io.sluice.core.exchange;

import io.sluice.core.audit.AuditException;
import io.sluice.core.audit.AuditLog;
import io.sluice.core.audit.AuditTrail;
import io.sluice.core.http.Headers;
import io.sluice.core.http.HttpRequest;
import io.sluice.core.http.HttpResponse;
import io.sluice.core.http.ResponseStream;
import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLog;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, with what every answer carries (contract 1.5) and what is recorded of
 * it: the closing audit record is kept before the answer's last byte, the access line written
 * after. Calls follow {@link ResponseStream}.
 */
public final class Exchange implements ResponseStream {

  private static final String REFUSED =
      "The request was not answered because its audit record could not be kept; see settings/global"
          + " audit.on_failure";

  private final HttpRequest request;
  private final ResponseStream delegate;
  private final AuditLog audit;
  private final JsonLog log;
  private final Clock clock;
  private final String correlationId;
  private final AuditTrail trail = new AuditTrail();
  private final Instant arrivedAt;

  private boolean refuseUnaudited = true;
  private boolean opened;
  private boolean closed;
  private volatile boolean callerGone;
  private volatile boolean aborted;
  private volatile int status;
  private @Nullable Headers sentHeaders;
  private @Nullable Duration startTime;
  private @Nullable Duration firstChunkTime;

  Exchange(HttpRequest request, ResponseStream delegate, AuditLog audit, JsonLog log, Clock clock) {
    this.request = request;
    this.delegate = delegate;
    this.audit = audit;
    this.log = log;
    this.clock = clock;
    this.correlationId = CorrelationId.of(request.headers().first(CorrelationId.HEADER));
    this.arrivedAt = clock.instant().minus(elapsed());
    delegate.onClosed(() -> callerGone = true);
  }

  public HttpRequest request() {
    return request;
  }

  public String correlationId() {
    return correlationId;
  }

  /** What the records will say of this request. */
  public AuditTrail trail() {
    return trail;
  }

  /** The time since the request's head arrived. */
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - request.arrivedNanos());
  }

  /** Whether an answer was begun or sent. */
  public boolean answered() {
    return status != 0;
  }

  /** Whether the opening record was written, or tried. */
  public boolean opened() {
    return opened;
  }

  /**
   * Writes the opening record. Call it once caller and route are known, before any model is asked.
   *
   * @param refuseOnFailure whether a request that cannot be recorded must not be answered
   * @return false when the record could not be kept and the request was refused: it is answered
   */
  public boolean open(boolean refuseOnFailure) throws IOException {
    refuseUnaudited = refuseOnFailure;
    opened = true;
    if (append(record("opening").putAll(trail.describe()).build()) || !refuseOnFailure) {
      return true;
    }
    closed = true;
    trail.error("audit_unavailable", "the opening record could not be kept");
    deliver(HttpResponse.detail(503, REFUSED));
    return false;
  }

  @Override
  public void send(HttpResponse response) throws IOException {
    status = response.status();
    if (close() || !refuseUnaudited) {
      deliver(response);
    } else {
      deliver(HttpResponse.detail(503, REFUSED));
    }
  }

  @Override
  public void begin(int newStatus, Headers headers) throws IOException {
    status = newStatus;
    startTime = elapsed();
    sentHeaders = headers;
    delegate.begin(newStatus, headers.and(common()));
  }

  @Override
  public void write(byte[] piece) throws IOException {
    if (firstChunkTime == null && piece.length > 0) {
      firstChunkTime = elapsed();
    }
    delegate.write(piece);
  }

  @Override
  public void end() throws IOException {
    if (close() || !refuseUnaudited) {
      delegate.end();
    } else {
      aborted = true;
      delegate.abort();
    }
  }

  @Override
  public void abort() {
    aborted = true;
    close();
    delegate.abort();
  }

  @Override
  public void onClosed(Runnable action) {
    delegate.onClosed(action);
  }

  /** Writes the access line, and the closing record where nothing else did. Never throws. */
  void finish() {
    if (!closed) {
      aborted = true;
      close();
      delegate.abort();
    }
    JsonObject fields =
        JsonObject.builder()
            .put("correlation_id", correlationId)
            .put("type", "mlops")
            .put("stage", "main")
            .putAll(AccessLine.describe(request, trail))
            .put("status_code", status == 0 ? 500 : status)
            .putPresent(
                "content_type", sentHeaders == null ? null : sentHeaders.first("Content-Type"))
            .put("request_arrived_at", arrivedAt.toString())
            .put("duration_s", AccessLine.seconds(elapsed()))
            .putPresent("response_start_duration_s", AccessLine.seconds(startTime))
            .putPresent("first_chunk_duration_s", AccessLine.seconds(firstChunkTime))
            .put("outcome", outcome())
            .putAll(trail.describe())
            .putPresent("error_code", trail.errorCode())
            .putPresent(
                status == 401 ? "auth_error_details" : "http_exception_details",
                trail.errorDetail())
            .build();
    String message =
        "%s:%d - \"%s %s HTTP/%s\" %d"
            .formatted(
                request.client().address(),
                request.client().port(),
                request.method(),
                fields.text("url", ""),
                request.httpVersion(),
                status == 0 ? 500 : status);
    log.line(JsonLog.Level.INFO, "api.access", message, fields);
  }

  private void deliver(HttpResponse response) throws IOException {
    status = response.status();
    sentHeaders = response.headers();
    startTime = elapsed();
    firstChunkTime = startTime;
    delegate.send(response.with(common()));
  }

  private Headers common() {
    Headers.Builder headers =
        Headers.builder()
            .add(CorrelationId.HEADER, correlationId)
            .add(
                "X-Process-Time",
                BigDecimal.valueOf(elapsed().toNanos() / 1_000, 6).toPlainString());
    if (request.headers().has("Origin")) {
      headers.add("Access-Control-Allow-Origin", "*");
    }
    return headers.build();
  }

  /** Writes the closing record, once; whether it was kept. */
  private synchronized boolean close() {
    if (closed) {
      return true;
    }
    closed = true;
    JsonObject record =
        record("closing")
            .putAll(trail.describe())
            .putAll(trail.describeOutcome())
            .put("outcome", outcome())
            .put("status", status)
            .put("total_ms", AuditTrail.millis(elapsed()))
            .build();
    return append(record);
  }

  private String outcome() {
    if (aborted || status == 0) {
      return callerGone ? "abandoned" : "failed";
    }
    if (trail.errorCode() != null && status < 400) {
      return "failed";
    }
    return status < 400 ? "answered" : status < 500 && status != 421 ? "refused" : "failed";
  }

  private JsonObject.Builder record(String kind) {
    return JsonObject.builder()
        .put("record", kind)
        .put("at", clock.instant().toString())
        .put("correlation_id", correlationId)
        .put("method", request.method());
  }

  private boolean append(JsonObject record) {
    try {
      audit.append(record);
      return true;
    } catch (AuditException e) {
      log.line(
          JsonLog.Level.ERROR,
          "audit",
          "an audit record could not be kept",
          JsonObject.builder()
              .put("correlation_id", correlationId)
              .put("error_detail", e.getMessage())
              .put("audit_record", record)
              .build());
      return false;
    }
  }
}
