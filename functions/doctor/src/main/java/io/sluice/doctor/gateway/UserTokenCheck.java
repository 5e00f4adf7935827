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

/** Whether IDEs get tokens of their own, and are known by them (client 2.5). Immutable. */
public final class UserTokenCheck implements Check {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Gateway gateway;
  private final Token token;

  /** Checks that gateway. */
  public UserTokenCheck(Gateway gateway, Token token) {
    this.gateway = gateway;
    this.token = token;
  }

  @Override
  public String title() {
    return "User tokens";
  }

  @Override
  public void examine(Ledger ledger) throws IOException, InterruptedException {
    Reply minted = gateway.post("/v1/code/user_access_token", token.headers(), "", PATIENCE);
    JsonObject body = minted.json().orElse(JsonObject.EMPTY);
    String own = body.text("token", "");
    if (minted.status() == 401) {
      ledger.finding(Diagnosis.TOKEN_REFUSED, minted.summary());
      return;
    }
    if (minted.status() != 200 || own.isEmpty() || body.number("expires_at") == null) {
      ledger.finding(
          ApiGatewayRefusal.of(minted, Diagnosis.NO_USER_TOKEN),
          minted.status() == 200 ? "the answer has no token and expires_at" : minted.summary());
      return;
    }
    Reply used =
        gateway.post("/v2/completions", token.headers(own), Requests.completion(), PATIENCE);
    if (used.status() == 401) {
      ledger.finding(Diagnosis.USER_TOKEN_REFUSED, used.summary());
    } else {
      ledger.healthy("made in %d ms, and known".formatted(minted.total().toMillis()));
    }
  }
}
