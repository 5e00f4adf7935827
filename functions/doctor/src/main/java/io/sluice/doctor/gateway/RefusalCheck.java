package io.sluice.doctor.gateway;

import io.sluice.core.http.Headers;
import io.sluice.doctor.Check;
import io.sluice.doctor.http.Gateway;
import io.sluice.doctor.http.Reply;
import io.sluice.doctor.report.Diagnosis;
import io.sluice.doctor.report.Ledger;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

/** Whether callers without a good token are refused, and in GitLab's shape. Immutable. */
public final class RefusalCheck implements Check {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Gateway gateway;

  /** Checks that gateway. */
  public RefusalCheck(Gateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public String title() {
    return "Refusals";
  }

  @Override
  public void examine(Ledger ledger) throws IOException, InterruptedException {
    refused(ledger, "without a token", Headers.EMPTY);
    Headers oidc = Headers.of("X-Gitlab-Authentication-Type", "oidc");
    refused(ledger, "with an empty token", oidc.and(Headers.of("Authorization", "Bearer ")));
    refused(ledger, "with a token that is none", oidc.and(Headers.of("Authorization", "Bearer x")));
  }

  private void refused(Ledger ledger, String how, Headers headers)
      throws IOException, InterruptedException {
    String id = UUID.randomUUID().toString().replace("-", "");
    Reply reply =
        gateway.post(
            "/v2/code/completions",
            Headers.builder()
                .add("Content-Type", "application/json")
                .add("X-Request-ID", id)
                .addAll(headers)
                .build(),
            Requests.completion(),
            PATIENCE);
    boolean json =
        reply.header("Content-Type").toLowerCase(Locale.ROOT).startsWith("application/json");
    if (reply.status() >= 200 && reply.status() < 300) {
      ledger.finding(Diagnosis.OPEN, reply.status() + " " + how);
    } else if (reply.status() != 401
        || !json
        || reply.json().map(body -> body.text("error", "")).orElse("").isBlank()) {
      ledger.finding(
          ApiGatewayRefusal.of(reply, Diagnosis.REFUSAL_SHAPE),
          "%s %s".formatted(reply.summary(), how));
    } else if (!reply.header("X-Request-ID").equals(id)) {
      ledger.finding(Diagnosis.NO_REQUEST_ID, how);
    } else {
      ledger.healthy("%s %s".formatted(reply.summary(), how));
    }
  }
}
