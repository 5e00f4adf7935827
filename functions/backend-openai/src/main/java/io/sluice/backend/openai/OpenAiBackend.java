package io.sluice.backend.openai;

import io.sluice.config.ModelRows;
import io.sluice.core.http.Headers;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLog;
import io.sluice.core.model.Backend;
import io.sluice.core.model.EndpointPolicy;
import io.sluice.core.model.ModelCall;
import io.sluice.core.model.ModelEvent.Failure;
import io.sluice.core.model.ModelEvent.Failure.Kind;
import io.sluice.core.model.ModelEventSink;
import io.sluice.core.model.Secret;
import io.sluice.core.model.SecretCache;
import io.sluice.core.model.SecretStore;
import io.sluice.core.time.Cancellation;
import io.sluice.core.time.Deadline;
import io.sluice.outbound.OutboundClient;
import io.sluice.outbound.OutboundRequest;
import io.sluice.outbound.OutboundResponse;
import io.sluice.outbound.RefusedEndpointException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calls OpenAI-compatible servers: chat completions, text completions and embeddings, streamed and
 * not (contract 7.2 and 8). An answer that breaks off, or isn't what was asked for, is a failure,
 * never a finished answer. Nothing of a caller's headers is sent, and no header of a server is
 * passed on. Never retries, but repeats a call once where a server refuses a key (401) and the
 * secret has changed since it was read. Thread-safe.
 */
public final class OpenAiBackend implements Backend {

  private static final String LOGGER = "backend.openai";

  private final Destinations destinations;
  private final OutboundClient client;
  private final JsonLog log;
  private final Clock clock;

  /**
   * A backend.
   *
   * @param rows the model rows
   * @param secrets where the rows' keys are kept; read at most every 5 minutes
   * @param metadataPolicy which endpoints GitLab's metadata may name
   * @param rowPolicy which endpoints rows may name
   * @param client sends the requests, under its own policy
   * @param log takes one line for each failed call
   * @param clock tells the age of secrets and reads dates
   */
  public OpenAiBackend(
      ModelRows rows,
      SecretStore secrets,
      EndpointPolicy metadataPolicy,
      EndpointPolicy rowPolicy,
      OutboundClient client,
      JsonLog log,
      Clock clock) {
    this.destinations =
        new Destinations(rows, new SecretCache(secrets, clock), metadataPolicy, rowPolicy);
    this.client = client;
    this.log = log;
    this.clock = clock;
  }

  @Override
  public void call(ModelCall call, Cancellation cancellation, ModelEventSink events)
      throws IOException {
    Delivery delivery = new Delivery(events);
    Attempt attempt = new Attempt(call, cancellation, delivery, CallClock.start());
    try {
      Failure failure = attempt.make();
      if (failure != null) {
        failed(call, attempt, failure, delivery);
      }
    } catch (IOException e) {
      IOException refusal = delivery.refusal();
      if (refusal != null) {
        throw refusal;
      }
      failed(call, attempt, attempt.broken(e), delivery);
    } catch (CallFailure e) {
      failed(call, attempt, e.failure(), delivery);
    }
  }

  private void failed(ModelCall call, Attempt attempt, Failure failure, Delivery delivery)
      throws IOException {
    Failure told =
        new Failure(
            failure.kind(),
            failure.status(),
            message(failure, attempt.key(), call),
            failure.retryAfterSeconds());
    JsonObject.Builder line =
        JsonObject.builder()
            .put("correlation_id", call.correlationId())
            .put("target", call.target().label())
            .put("kind", told.kind().name().toLowerCase(Locale.ROOT))
            .put("status", told.status())
            .put("detail", told.message());
    log.line(JsonLog.Level.WARNING, LOGGER, "model call failed", line.build());
    delivery.send(told);
  }

  /** A failure that no server speaks in names settings, which a prompt must not mask. */
  private static String message(Failure failure, @Nullable Secret key, ModelCall call) {
    return switch (failure.kind()) {
      case REFUSED, CONFIGURATION -> Redaction.ofOwn(failure.message(), key);
      default -> Redaction.of(failure.message(), key, call.input());
    };
  }

  /** One call on its way. For one thread. */
  private final class Attempt {
    private final ModelCall call;
    private final Cancellation cancellation;
    private final Delivery delivery;
    private final CallClock started;
    private @Nullable Destination destination;
    private boolean answered;

    Attempt(ModelCall call, Cancellation cancellation, Delivery delivery, CallClock started) {
      this.call = call;
      this.cancellation = cancellation;
      this.delivery = delivery;
      this.started = started;
    }

    @Nullable Secret key() {
      return destination == null ? null : destination.key();
    }

    /** Makes the call; what failed before an answer began, or {@code null}. */
    @Nullable Failure make() throws CallFailure, IOException {
      Destination first = destinations.resolve(call.target());
      destination = first;
      Failure failure = ask(first);
      if (failure != null && failure.status() == 401) {
        Optional<Destination> fresh = destinations.withFreshKey(first);
        if (fresh.isPresent()) {
          destination = fresh.get();
          failure = ask(fresh.get());
        }
      }
      return failure;
    }

    private @Nullable Failure ask(Destination there) throws CallFailure, IOException {
      URI url = RequestUrl.of(call, there);
      boolean stream = RequestBody.streams(call, there);
      Headers headers = RequestHeaders.of(there, stream);
      byte[] body = Json.write(RequestBody.of(call, there));
      Deadline deadline = started.in(call.timeouts().firstEvent());
      try (OutboundResponse response =
          client.send(new OutboundRequest("POST", url, headers, body, deadline), cancellation)) {
        response.readDeadline(deadline);
        if (response.status() < 200 || response.status() > 299) {
          return ErrorAnswer.of(response, clock);
        }
        answered = true;
        read(response, there, stream);
        return null;
      }
    }

    private void read(OutboundResponse response, Destination there, boolean stream)
        throws CallFailure, IOException {
      ContentType.check(response.headers(), stream);
      AnswerSize size = new AnswerSize(RequestBody.maxTokens(call.sampling(), there.row()));
      AnswerDocument answer = new AnswerDocument(delivery, size);
      if (call.input() instanceof ModelCall.Embedding embedding) {
        WholeAnswer.readVectors(response, embedding.texts().size(), answer, delivery);
      } else if (stream) {
        new StreamedAnswer(response, answer, call.timeouts(), started).read();
      } else {
        WholeAnswer.read(response, answer);
      }
    }

    /** What it means that the connection failed so. */
    Failure broken(IOException e) {
      if (cancellation.isCancelled()) {
        return failure(Kind.CANCELLED, "Nobody waits for the answer any more.");
      }
      return switch (e) {
        case RefusedEndpointException refused -> failure(Kind.REFUSED, words(refused));
        case SocketTimeoutException _ ->
            failure(
                Kind.TIMEOUT,
                delivery.begun()
                    ? "The model went silent, or took too long in total."
                    : "The model did not answer in time.");
        case EventStream.TooLongException tooLong -> failure(Kind.TOO_LARGE, words(tooLong));
        case ProtocolException malformed -> failure(Kind.PROTOCOL, words(malformed));
        default ->
            answered
                ? failure(Kind.TRUNCATED, "The answer broke off: " + words(e))
                : failure(Kind.CONNECTION, "The connection failed: " + words(e));
      };
    }

    private static Failure failure(Kind kind, String message) {
      return new Failure(kind, 0, message, null);
    }

    private static String words(IOException e) {
      return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
  }
}
