package io.sluice.doctor.gateway;

import io.sluice.core.json.JsonObject;
import io.sluice.doctor.Check;
import io.sluice.doctor.gitlab.Token;
import io.sluice.doctor.http.Gateway;
import io.sluice.doctor.http.Reply;
import io.sluice.doctor.report.Diagnosis;
import io.sluice.doctor.report.Ledger;
import java.io.IOException;
import java.time.Duration;

/**
 * GitLab's end-to-end probe (client 5.2), asked twice: the first call may start functions.
 * Immutable.
 */
public final class CompletionCheck implements Check {

  /** How long GitLab's buttons wait. */
  static final Duration BUTTONS = Duration.ofSeconds(3);

  private final Gateway gateway;
  private final Token token;

  /** Checks that gateway. */
  public CompletionCheck(Gateway gateway, Token token) {
    this.gateway = gateway;
    this.token = token;
  }

  @Override
  public String title() {
    return "Completion";
  }

  @Override
  public void examine(Ledger ledger) throws IOException, InterruptedException {
    Reply first = ask();
    if (!judge(first, ledger)) {
      return;
    }
    Reply second = ask();
    if (first.total().compareTo(BUTTONS) > 0 || second.total().compareTo(BUTTONS) > 0) {
      ledger.finding(
          Diagnosis.IMPATIENT,
          "the first call took %d ms, the second %d ms; GitLab's health check waits 3,000 ms"
              .formatted(first.total().toMillis(), second.total().toMillis()));
    } else {
      ledger.healthy(
          "answered in %d ms, again in %d ms"
              .formatted(first.total().toMillis(), second.total().toMillis()));
    }
  }

  private Reply ask() throws IOException, InterruptedException {
    return gateway.post(
        "/v2/code/completions", token.headers(), Requests.completion(), Duration.ofSeconds(60));
  }

  private static boolean judge(Reply reply, Ledger ledger) {
    if (reply.status() == 401) {
      ledger.finding(Diagnosis.TOKEN_REFUSED, reply.summary());
      return false;
    }
    if (reply.status() != 200) {
      ledger.finding(ApiGatewayRefusal.of(reply, Diagnosis.COMPLETION_FAILED), reply.summary());
      return false;
    }
    if (reply.json().map(CompletionCheck::text).orElse("").isBlank()) {
      ledger.finding(Diagnosis.COMPLETION_EMPTY, reply.summary());
      return false;
    }
    return true;
  }

  private static String text(JsonObject body) {
    var choices = body.array("choices");
    return choices != null
            && !choices.items().isEmpty()
            && choices.items().getFirst() instanceof JsonObject choice
        ? choice.text("text", "")
        : "";
  }
}
