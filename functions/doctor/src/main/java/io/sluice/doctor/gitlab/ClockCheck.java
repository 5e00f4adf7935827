package io.sluice.doctor.gitlab;

import io.sluice.core.http.Headers;
import io.sluice.doctor.Check;
import io.sluice.doctor.Reasons;
import io.sluice.doctor.http.Gateway;
import io.sluice.doctor.report.Diagnosis;
import io.sluice.doctor.report.Ledger;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether GitLab and the gateway have the same time, by their {@code Date} headers. Immutable. */
public final class ClockCheck implements Check {

  /** GitLab's tokens hold from 5 s before they are made; a Date header is exact to a second. */
  private static final Duration MOST = Duration.ofSeconds(4);

  private final Gateway gateway;
  private final List<GitLab> gitLabs;
  private final Clock clock;

  /** Compares the gateway's clock with those of these GitLabs. */
  public ClockCheck(Gateway gateway, List<GitLab> gitLabs, Clock clock) {
    this.gateway = gateway;
    this.gitLabs = List.copyOf(gitLabs);
    this.clock = clock;
  }

  @Override
  public String title() {
    return "Clocks";
  }

  @Override
  public void examine(Ledger ledger) throws IOException, InterruptedException {
    Duration own = ahead(gatewaysDate());
    if (own == null) {
      ledger.unchecked("the gateway sends no Date header");
      return;
    }
    for (GitLab gitLab : gitLabs) {
      try {
        Duration theirs = ahead(gitLab.discovery().date());
        if (theirs == null) {
          ledger.unchecked(gitLab.url() + " sends no Date header");
        } else {
          compare(ledger, gitLab.url(), theirs.minus(own));
        }
      } catch (IOException e) {
        ledger.unchecked(Reasons.of(e));
      }
    }
    if (gitLabs.isEmpty()) {
      compare(ledger, "This machine", own.negated());
    }
  }

  private static void compare(Ledger ledger, String whose, Duration ahead) {
    String seen =
        "%s is %d s %s the gateway"
            .formatted(whose, ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead of");
    if (ahead.abs().compareTo(MOST) > 0) {
      ledger.finding(Diagnosis.CLOCKS_DIFFER, seen);
    } else {
      ledger.healthy(seen);
    }
  }

  private @Nullable String gatewaysDate() throws IOException, InterruptedException {
    String date =
        gateway.get("/monitoring/healthz", Headers.EMPTY, Duration.ofSeconds(15)).header("Date");
    return date.isEmpty() ? null : date;
  }

  /** How far that clock is ahead of this machine's; {@code null} where it does not say. */
  private @Nullable Duration ahead(@Nullable String date) {
    if (date == null) {
      return null;
    }
    try {
      Instant theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Duration.between(clock.instant(), theirs);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
