package io.sluice.doctor.gateway;

import io.sluice.core.http.Headers;
import io.sluice.doctor.Check;
import io.sluice.doctor.gitlab.Token;
import io.sluice.doctor.http.Arrival;
import io.sluice.doctor.http.Gateway;
import io.sluice.doctor.http.Reply;
import io.sluice.doctor.report.Diagnosis;
import io.sluice.doctor.report.Ledger;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Whether a generation arrives piece by piece, as the model writes it. Immutable. */
public final class StreamCheck implements Check {

  /** Texts that come within less came at once. */
  private static final Duration AT_ONCE = Duration.ofMillis(300);

  /** An answer that took less was over too soon to tell. */
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(1);

  private final Gateway gateway;
  private final Token token;

  /** Checks that gateway. */
  public StreamCheck(Gateway gateway, Token token) {
    this.gateway = gateway;
    this.token = token;
  }

  @Override
  public String title() {
    return "Streaming";
  }

  @Override
  public void examine(Ledger ledger) throws IOException, InterruptedException {
    Headers headers = token.headers().and(Headers.of("X-Supports-Sse-Streaming", "true"));
    Reply reply =
        gateway.post("/v4/code/suggestions", headers, Requests.generation(), Duration.ofMinutes(2));
    if (reply.status() == 401) {
      ledger.finding(Diagnosis.TOKEN_REFUSED, reply.summary());
    } else if (reply.status() != 200) {
      ledger.finding(ApiGatewayRefusal.of(reply, Diagnosis.STREAM_BROKEN), reply.summary());
    } else if (!reply.complete() || !reply.body().contains("event: stream_end")) {
      ledger.finding(
          Diagnosis.STREAM_BROKEN,
          "no stream_end after %d ms and %d characters, X-Request-ID %s"
              .formatted(
                  reply.total().toMillis(), reply.body().length(), reply.header("X-Request-ID")));
    } else {
      spread(reply, ledger);
    }
  }

  /**
   * A stream that was collected on the way arrives at its end; one that passes has its first text
   * well before.
   */
  private static void spread(Reply reply, Ledger ledger) {
    List<Arrival> texts =
        reply.arrivals().stream().filter(piece -> piece.text().contains("content_chunk")).toList();
    if (texts.isEmpty()) {
      ledger.unchecked("the model gave no text to stream");
      return;
    }
    Duration first = texts.getFirst().after();
    Duration last = texts.getLast().after();
    String seen =
        "%d pieces, the first after %d ms, the last after %d ms, the end after %d ms"
            .formatted(texts.size(), first.toMillis(), last.toMillis(), reply.total().toMillis());
    if (last.minus(first).compareTo(AT_ONCE) >= 0) {
      ledger.healthy(seen);
    } else if (reply.total().compareTo(LONG_ENOUGH) >= 0) {
      ledger.finding(Diagnosis.STREAM_BUFFERED, seen);
    } else {
      ledger.unchecked("the answer was over too soon to tell: " + seen);
    }
  }
}
