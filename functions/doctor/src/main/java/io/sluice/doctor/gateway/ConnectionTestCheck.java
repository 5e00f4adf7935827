package io.sluice.doctor.gateway;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.doctor.Check;
import io.sluice.doctor.gitlab.Token;
import io.sluice.doctor.http.Gateway;
import io.sluice.doctor.http.Reply;
import io.sluice.doctor.report.Diagnosis;
import io.sluice.doctor.report.Ledger;
import java.io.IOException;
import java.time.Duration;

/** GitLab's button "Test connection" (client 5.3) for one model row. Immutable. */
public final class ConnectionTestCheck implements Check {

  private final Gateway gateway;
  private final Token token;
  private final String row;

  /**
   * Checks one model.
   *
   * @param row the name of its row
   */
  public ConnectionTestCheck(Gateway gateway, Token token, String row) {
    this.gateway = gateway;
    this.token = token;
    this.row = row;
  }

  @Override
  public String title() {
    return "Test connection: " + row;
  }

  @Override
  public void examine(Ledger ledger) throws IOException, InterruptedException {
    Reply reply =
        gateway.post(
            "/v1/prompts/model_configuration%2Fcheck",
            token.headers(), Requests.connectionTest(row), Duration.ofSeconds(30));
    long millis = reply.total().toMillis();
    if (reply.status() == 401) {
      ledger.finding(Diagnosis.TOKEN_REFUSED, reply.summary());
    } else if (reply.status() == 421) {
      ledger.finding(Diagnosis.MODEL_FAILED, detail(reply) + ", after " + millis + " ms");
    } else if (reply.status() != 200) {
      ledger.finding(
          ApiGatewayRefusal.of(reply, Diagnosis.CHECK_REFUSED),
          reply.status() + ": " + detail(reply));
    } else if (reply.total().compareTo(CompletionCheck.BUTTONS) > 0) {
      ledger.finding(
          Diagnosis.IMPATIENT, "answered in %d ms; GitLab waits 3,000 ms".formatted(millis));
    } else {
      ledger.healthy("sluice/%s answered in %d ms".formatted(row, millis));
    }
  }

  /** What GitLab's admin page would show. */
  private static String detail(Reply reply) {
    JsonObject body = reply.json().orElse(JsonObject.EMPTY);
    JsonArray list = body.array("detail");
    String text =
        list != null
                && !list.items().isEmpty()
                && list.items().getFirst() instanceof JsonObject first
            ? first.text("msg")
            : body.text("detail");
    return text == null ? reply.summary() : text;
  }
}
