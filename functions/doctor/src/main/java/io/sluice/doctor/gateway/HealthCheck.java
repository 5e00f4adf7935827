package io.sluice.doctor.gateway;

import io.sluice.core.http.Headers;
import io.sluice.doctor.Check;
import io.sluice.doctor.http.Gateway;
import io.sluice.doctor.http.Reply;
import io.sluice.doctor.report.Diagnosis;
import io.sluice.doctor.report.Ledger;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** What GitLab's rake task and health check ask without a token (client 5.1, 5.2). Immutable. */
public final class HealthCheck implements Check {

  private static final Duration RAKE = Duration.ofSeconds(10);
  private static final Duration HEAD = Duration.ofSeconds(5);

  private final Gateway gateway;
  private final Duration rakesPatience;
  private final Duration headsPatience;

  /** Checks that gateway. */
  public HealthCheck(Gateway gateway) {
    this(gateway, RAKE, HEAD);
  }

  HealthCheck(Gateway gateway, Duration rakesPatience, Duration headsPatience) {
    this.gateway = gateway;
    this.rakesPatience = rakesPatience;
    this.headsPatience = headsPatience;
  }

  @Override
  public String title() {
    return "Health routes";
  }

  @Override
  public void examine(Ledger ledger) throws IOException, InterruptedException {
    healthz(ledger);
    ready(ledger);
    head(ledger);
  }

  private void healthz(Ledger ledger) throws IOException, InterruptedException {
    try {
      Reply reply =
          gateway.get(
              "/monitoring/healthz", Headers.of("accept", "application/json"), rakesPatience);
      if (reply.status() == 200 && reply.json().isPresent()) {
        ledger.healthy("/monitoring/healthz in %d ms".formatted(reply.total().toMillis()));
      } else {
        ledger.finding(ApiGatewayRefusal.of(reply, Diagnosis.HEALTH_BAD), reply.summary());
      }
    } catch (HttpTimeoutException e) {
      ledger.finding(Diagnosis.HEALTH_BAD, "no answer within 10 s");
    }
  }

  private void ready(Ledger ledger) throws IOException, InterruptedException {
    Reply reply = gateway.get("/monitoring/ready", Headers.EMPTY, Duration.ofSeconds(15));
    if (reply.status() == 200) {
      ledger.healthy("/monitoring/ready: keys of a GitLab, and a routing table");
    } else {
      ledger.finding(ApiGatewayRefusal.of(reply, Diagnosis.NOT_READY), reply.summary());
    }
  }

  private void head(Ledger ledger) throws IOException, InterruptedException {
    try {
      Reply reply = gateway.head(headsPatience);
      ledger.healthy(
          "HEAD of the base URL: %d in %d ms".formatted(reply.status(), reply.total().toMillis()));
    } catch (HttpTimeoutException e) {
      ledger.finding(Diagnosis.NO_HEAD, "no answer within 5 s");
    }
  }
}
