package io.sluice.doctor.gitlab;

import io.sluice.doctor.Check;
import io.sluice.doctor.Reasons;
import io.sluice.doctor.report.Diagnosis;
import io.sluice.doctor.report.Ledger;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the given token would hold, by its claims and by GitLab's keys. Immutable. */
public final class TokenCheck implements Check {

  private static final String AUDIENCE = "gitlab-ai-gateway";
  private static final List<String> SCOPES = List.of("complete_code", "generate_code");

  private final Optional<Token> token;
  private final List<GitLab> gitLabs;
  private final Clock clock;

  /**
   * Checks that token.
   *
   * @param token empty where what was given is none
   * @param gitLabs those that the gateway believes
   */
  public TokenCheck(Optional<Token> token, List<GitLab> gitLabs, Clock clock) {
    this.token = token;
    this.gitLabs = List.copyOf(gitLabs);
    this.clock = clock;
  }

  @Override
  public String title() {
    return "Token";
  }

  @Override
  public void examine(Ledger ledger) {
    if (token.isEmpty()) {
      ledger.finding(Diagnosis.TOKEN_MALFORMED, "it has not the form of a JWT");
      return;
    }
    Token given = token.get();
    times(given, ledger);
    if (!given.texts("aud").contains(AUDIENCE)) {
      ledger.finding(Diagnosis.TOKEN_AUDIENCE, "aud is " + given.texts("aud"));
    }
    List<String> missing = new ArrayList<>(SCOPES);
    missing.removeAll(given.texts("scopes"));
    if (!missing.isEmpty()) {
      ledger.finding(Diagnosis.TOKEN_SCOPES, "missing: " + String.join(", ", missing));
    }
    key(given, ledger);
  }

  private void times(Token given, Ledger ledger) {
    Long expires = given.claims().number("exp");
    Long begins = given.claims().number("nbf");
    Instant now = clock.instant();
    if (expires == null || now.getEpochSecond() >= expires) {
      ledger.finding(
          Diagnosis.TOKEN_EXPIRED,
          expires == null ? "it has no exp" : "expired at " + Instant.ofEpochSecond(expires));
    } else if (begins != null && now.getEpochSecond() < begins) {
      ledger.finding(Diagnosis.TOKEN_EXPIRED, "not valid before " + Instant.ofEpochSecond(begins));
    } else {
      ledger.healthy("valid until " + Instant.ofEpochSecond(expires));
    }
  }

  private void key(Token given, Ledger ledger) {
    String issuer = given.claims().text("iss", "");
    Optional<GitLab> own =
        gitLabs.stream().filter(gitLab -> gitLab.url().equals(issuer)).findFirst();
    if (gitLabs.isEmpty()) {
      ledger.unchecked("its key: give the issuer as --gitlab-url " + issuer);
    } else if (own.isEmpty()) {
      ledger.finding(
          Diagnosis.TOKEN_ISSUER,
          "iss is %s, configured: %s"
              .formatted(issuer, String.join(", ", gitLabs.stream().map(GitLab::url).toList())));
    } else {
      try {
        Jwks jwks = Jwks.of(own.get().keys(own.get().discovery().json()));
        if (jwks.signed(given)) {
          ledger.healthy("signed by GitLab's key " + given.keyId());
        } else {
          ledger.finding(
              Diagnosis.TOKEN_KEY,
              "kid is %s, published: %s".formatted(given.keyId(), String.join(", ", jwks.ids())));
        }
      } catch (IOException e) {
        ledger.unchecked("its key: " + Reasons.of(e));
      }
    }
  }
}
