package io.sluice.doctor.gitlab;

import io.sluice.core.json.JsonObject;
import io.sluice.doctor.Check;
import io.sluice.doctor.Reasons;
import io.sluice.doctor.report.Diagnosis;
import io.sluice.doctor.report.Ledger;
import java.io.IOException;

/** Whether the authorizer gets a GitLab's keys (contract 2.4, decision 11). Immutable. */
public final class DiscoveryCheck implements Check {

  private final GitLab gitLab;

  /** Checks that GitLab. */
  public DiscoveryCheck(GitLab gitLab) {
    this.gitLab = gitLab;
  }

  @Override
  public String title() {
    return "GitLab's keys";
  }

  @Override
  public void examine(Ledger ledger) {
    JsonObject discovery;
    try {
      discovery = gitLab.discovery().json();
    } catch (IOException e) {
      ledger.finding(Diagnosis.GITLAB_SILENT, Reasons.of(e));
      return;
    }
    String issuer = discovery.text("issuer", "");
    if (!issuer.equals(gitLab.url())) {
      ledger.finding(
          Diagnosis.ISSUER_DIFFERS,
          "configured is %s, GitLab says %s".formatted(gitLab.url(), issuer));
    }
    String keys = discovery.text("jwks_uri", "");
    if (!sameOrigin(keys)) {
      ledger.finding(Diagnosis.JWKS_ELSEWHERE, "jwks_uri is " + keys);
      return;
    }
    try {
      Jwks jwks = Jwks.of(gitLab.keys(discovery));
      if (jwks.ids().isEmpty()) {
        ledger.finding(Diagnosis.JWKS_EMPTY, keys);
      } else {
        ledger.healthy("%s: %d keys".formatted(keys, jwks.ids().size()));
      }
    } catch (IOException e) {
      ledger.finding(Diagnosis.GITLAB_SILENT, Reasons.of(e));
    }
  }

  private boolean sameOrigin(String keys) {
    try {
      return GitLab.origin(keys).equals(GitLab.origin(gitLab.url()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
