package io.sluice.doctor.gateway;

import io.sluice.core.http.Headers;
import io.sluice.doctor.Check;
import io.sluice.doctor.gitlab.Token;
import io.sluice.doctor.http.Gateway;
import io.sluice.doctor.http.Reply;
import io.sluice.doctor.report.Diagnosis;
import io.sluice.doctor.report.Ledger;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How large headers may be on the way to the gateway, beside what GitLab's take (aws-facts K4).
 * Immutable.
 */
public final class HeaderSizeCheck implements Check {

  /** The most that API Gateway names. */
  static final int LARGEST = 10_240;

  /** What GitLab's headers should stay below the limit: tokens grow with each new feature. */
  private static final double MARGIN = 0.9;

  private static final int STEP = 256;

  private final Gateway gateway;
  private final @Nullable Token token;

  /**
   * Checks that gateway.
   *
   * @param token {@code null} where none is given: then only the limit is found
   */
  public HeaderSizeCheck(Gateway gateway, @Nullable Token token) {
    this.gateway = gateway;
    this.token = token;
  }

  @Override
  public String title() {
    return "Header size";
  }

  @Override
  public void examine(Ledger ledger) throws IOException, InterruptedException {
    if (!passes(STEP)) {
      ledger.unchecked("/monitoring/healthz does not answer 200, whatever the size");
      return;
    }
    int limit = largest();
    String found =
        limit >= LARGEST
            ? "%,d bytes of headers pass".formatted(limit)
            : "headers pass up to %,d bytes and break at %,d".formatted(limit, limit + STEP);
    if (token == null) {
      ledger.healthy(found);
      return;
    }
    int needed = size(token.headers());
    String all = "%s; GitLab's with this token have %,d".formatted(found, needed);
    if (needed > limit * MARGIN) {
      ledger.finding(Diagnosis.HEADERS_TOO_LARGE, all);
    } else {
      ledger.healthy(all);
    }
  }

  /** The largest size that passes, by bisection in steps of 256 bytes. */
  private int largest() throws IOException, InterruptedException {
    int good = 1;
    int bad = LARGEST / STEP + 1;
    if (passes(LARGEST)) {
      return LARGEST;
    }
    while (bad - good > 1) {
      int middle = (good + bad) >>> 1;
      if (passes(middle * STEP)) {
        good = middle;
      } else {
        bad = middle;
      }
    }
    return good * STEP;
  }

  private boolean passes(int bytes) throws IOException, InterruptedException {
    String name = "X-Sluice-Padding";
    String value = "x".repeat(Math.max(1, bytes - name.length() - 4));
    try {
      Reply reply =
          gateway.get("/monitoring/healthz", Headers.of(name, value), Duration.ofSeconds(15));
      return reply.status() == 200;
    } catch (IOException e) {
      return false; // some close the connection instead of answering
    }
  }

  /** The bytes of header lines: name, colon, blank, value, line end. */
  static int size(Headers headers) {
    AtomicInteger size = new AtomicInteger();
    headers.forEach((name, value) -> size.addAndGet(name.length() + value.length() + 4));
    return size.get();
  }
}
