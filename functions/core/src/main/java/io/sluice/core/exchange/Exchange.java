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
import io.sluice.core.time.Cancellation;
import io.sluice.core.time.Deadline;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, with what every answer carries (contract 1.5) and what is recorded of
 * it: the opening audit record is kept before the answer's first byte, the closing one before its
 * last, the access line written after. Calls follow {@link ResponseStream}.
 */
public final class Exchange implements ResponseStream {

  private static final String REFUSED =
      "The request was not answered because its audit record could not be kept; see settings/global"
          + " audit.on_failure";

  /** Why a host ends a request that is under way. */
  enum Interruption {
    /** The process was told to end. */
    TERMINATED("terminated", 503, "The gateway is being stopped; try again"),
    /** The host's time for the request is over. */
    TIMED_OUT("timed_out", 504, "The answer was not complete within the gateway's time limit");

    private final String outcome;
    private final int status;
    private final String detail;

    Interruption(String outcome, int status, String detail) {
      this.outcome = outcome;
      this.status = status;
      this.detail = detail;
    }
  }

  private final HttpRequest request;
  private final ResponseStream delegate;
  private final AuditLog audit;
  private final JsonLog log;
  private final Clock clock;
  private final String correlationId;
  private final AuditTrail trail = new AuditTrail();
  private final Instant arrivedAt;
  private final Deadline deadline;
  private final Cancellation gone = new Cancellation();
  private final CountDownLatch finished = new CountDownLatch(1);

  private boolean refuseUnaudited = true;
  private boolean opened;
  private @Nullable Opening opening;
  private volatile boolean closed;
  private volatile @Nullable Interruption interruption;
  private volatile boolean callerGone;
  private volatile boolean aborted;
  private volatile int status;
  private @Nullable Headers sentHeaders;
  private @Nullable Duration startTime;
  private @Nullable Duration firstChunkTime;

  private record Opening(JsonObject record, AuditLog.Acceptance acceptance) {}

  /**
   * @param deadline until when the answer should be complete
   */
  Exchange(
      HttpRequest request,
      ResponseStream delegate,
      Deadline deadline,
      AuditLog audit,
      JsonLog log,
      Clock clock) {
    this.request = request;
    this.delegate = delegate;
    this.deadline = deadline;
    this.audit = audit;
    this.log = log;
    this.clock = clock;
    this.correlationId = CorrelationId.of(request.headers().first(CorrelationId.HEADER));
    this.arrivedAt = clock.instant().minus(elapsed());
    delegate.onClosed(
        () -> {
          callerGone = true;
          gone.cancel();
        });
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

  /**
   * Until when the answer should be complete. The host's own limit comes later: what lies between
   * is kept for the closing record. A host without a limit says {@link Deadline#never}.
   */
  public Deadline deadline() {
    return deadline;
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
   * Writes the opening record, or begins to: it is accepted before the answer's first byte leaves.
   * Call it once caller and route are known, before any model is asked.
   *
   * @param refuseOnFailure whether a request that cannot be recorded must not be answered
   * @return false when the record could not be kept and the request was refused: it is answered
   */
  public boolean open(boolean refuseOnFailure) throws IOException {
    refuseUnaudited = refuseOnFailure;
    opened = true;
    JsonObject record = record("opening").putAll(trail.describe()).build();
    try {
      AuditLog.Acceptance acceptance = audit.begin(record);
      synchronized (this) {
        opening = new Opening(record, acceptance);
      }
      return true;
    } catch (AuditException e) {
      report(record, e);
      if (refuseOnFailure) {
        refuse();
      }
      return !refuseOnFailure;
    }
  }

  @Override
  public void send(HttpResponse response) throws IOException {
    if (!openingKept() && refuseUnaudited) {
      refuse();
      return;
    }
    status = response.status();
    if (close() || !refuseUnaudited) {
      deliver(response);
    } else {
      deliver(HttpResponse.detail(503, REFUSED));
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IOException also if the opening record could not be kept and the request was refused:
   *     it is answered
   */
  @Override
  public void begin(int newStatus, Headers headers) throws IOException {
    if (!openingKept() && refuseUnaudited) {
      refuse();
      throw new IOException("the request was refused: its opening record could not be kept");
    }
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

  /** Runs the action also when the host ends the request ({@link Front#close}, its deadline). */
  @Override
  public void onClosed(Runnable action) {
    var _ = gone.onCancel(action);
  }

  /** Ends the request: who works for it is told, and the records say why. Any thread may call. */
  void interrupt(Interruption why) {
    synchronized (this) {
      if (interruption != null || closed) {
        return;
      }
      interruption = why;
    }
    gone.cancel();
  }

  /** Waits until the request is finished; whether it was within that time. */
  boolean finishesBy(Deadline end) {
    try {
      return finished.await(end.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Writes the closing record of a request whose own thread doesn't come to it. */
  void closeWithout() {
    aborted = true;
    close();
    delegate.abort();
  }

  /** What handling ended with: the caller or the host ended it before the answer's end. */
  void brokenOff() throws IOException {
    if (closed) {
      return;
    }
    Interruption why = interruption;
    if (why == null) {
      trail.error("caller_gone", "the caller left before the answer's end");
      return;
    }
    trail.error(why.outcome, why.detail);
    if (!answered()) {
      send(HttpResponse.detail(why.status, why.detail));
    }
  }

  /** Writes the access line, and the closing record where nothing else did. Never throws. */
  void finish() {
    try {
      conclude();
    } finally {
      finished.countDown();
    }
  }

  private void conclude() {
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

  /** Answers that the request can't be recorded; without a closing record, which says nothing. */
  private void refuse() throws IOException {
    closed = true;
    trail.error("audit_unavailable", "the opening record could not be kept");
    gone.cancel();
    deliver(HttpResponse.detail(503, REFUSED));
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

  /** Writes the closing record, once; whether both records were kept. */
  private synchronized boolean close() {
    if (closed) {
      return true;
    }
    boolean begun = openingKept();
    closed = true;
    JsonObject record =
        record("closing")
            .putAll(trail.describe())
            .putAll(trail.describeOutcome())
            .put("outcome", outcome())
            .put("status", status)
            .put("total_ms", AuditTrail.millis(elapsed()))
            .build();
    try {
      audit.append(record);
      return begun;
    } catch (AuditException e) {
      report(record, e);
      return false;
    }
  }

  /** Waits for the opening record; false when it could not be kept. */
  private synchronized boolean openingKept() {
    Opening begun = opening;
    if (begun == null) {
      return true;
    }
    opening = null;
    try {
      begun.acceptance().await();
      return true;
    } catch (AuditException e) {
      report(begun.record(), e);
      return false;
    }
  }

  private String outcome() {
    Interruption why = interruption;
    if (why != null && (aborted || status == 0 || trail.errorCode() != null)) {
      return why.outcome;
    }
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

  private void report(JsonObject record, AuditException problem) {
    log.line(
        JsonLog.Level.ERROR,
        "audit",
        "an audit record could not be kept",
        JsonObject.builder()
            .put("correlation_id", correlationId)
            .put("error_detail", problem.getMessage())
            .put("audit_record", record)
            .build());
  }
}
