package io.sluice.doctor;

import io.sluice.doctor.gateway.CompletionCheck;
import io.sluice.doctor.gateway.ConnectionCheck;
import io.sluice.doctor.gateway.ConnectionTestCheck;
import io.sluice.doctor.gateway.HeaderSizeCheck;
import io.sluice.doctor.gateway.HealthCheck;
import io.sluice.doctor.gateway.NameCheck;
import io.sluice.doctor.gateway.RefusalCheck;
import io.sluice.doctor.gateway.StreamCheck;
import io.sluice.doctor.gateway.UrlCheck;
import io.sluice.doctor.gateway.UserTokenCheck;
import io.sluice.doctor.gitlab.ClockCheck;
import io.sluice.doctor.gitlab.DiscoveryCheck;
import io.sluice.doctor.gitlab.GitLab;
import io.sluice.doctor.gitlab.Token;
import io.sluice.doctor.gitlab.TokenCheck;
import io.sluice.doctor.http.Gateway;
import io.sluice.outbound.TrustedAuthorities;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The checks that go through a gateway's URL. Immutable. */
final class GatewayChecks {

  private final TrustedAuthorities authorities;
  private final Clock clock;

  GatewayChecks(TrustedAuthorities authorities, Clock clock) {
    this.authorities = authorities;
    this.clock = clock;
  }

  /**
   * The checks of that gateway.
   *
   * @param token as it was given; {@code null} for none
   * @throws IllegalArgumentException if a GitLab's URL is none
   */
  List<Check> of(Subject subject, @Nullable String token) {
    List<GitLab> gitLabs =
        subject.gitLabUrls().stream().map(url -> new GitLab(url, authorities)).toList();
    List<Check> checks = new ArrayList<>();
    Optional<Token> parsed = token == null ? Optional.empty() : Token.parse(token);
    Optional<Gateway> gateway = gateway(subject.url());
    if (subject.url() != null) {
      checks.add(new UrlCheck(subject.url()));
    }
    gateway.ifPresent(found -> open(found, gitLabs, checks));
    for (GitLab gitLab : gitLabs) {
      checks.add(connection("Connection to GitLab", gitLab.host(), gitLab.port(), gitLab.tls()));
      checks.add(new DiscoveryCheck(gitLab));
    }
    gateway.ifPresent(found -> checks.add(new ClockCheck(found, gitLabs, clock)));
    if (token != null) {
      checks.add(new TokenCheck(parsed, gitLabs, clock));
    }
    gateway.ifPresent(
        found -> {
          checks.add(new HeaderSizeCheck(found, parsed.orElse(null)));
          parsed.ifPresentOrElse(
              with -> features(found, with, subject.models(), checks),
              () -> checks.add(new MissingToken()));
        });
    return checks;
  }

  private void open(Gateway gateway, List<GitLab> gitLabs, List<Check> checks) {
    String host = gateway.base().getHost();
    checks.add(new NameCheck(host, gitLabs.stream().anyMatch(g -> isLoopback(g.host()))));
    checks.add(connection("Connection", host, gateway.port(), gateway.tls()));
    checks.add(new HealthCheck(gateway));
    checks.add(new RefusalCheck(gateway));
  }

  private static void features(
      Gateway gateway, Token token, List<String> models, List<Check> checks) {
    checks.add(new CompletionCheck(gateway, token));
    for (String model : models) {
      checks.add(new ConnectionTestCheck(gateway, token, model));
    }
    checks.add(new StreamCheck(gateway, token));
    checks.add(new UserTokenCheck(gateway, token));
  }

  private Check connection(String title, String host, int port, boolean tls) {
    return new ConnectionCheck(title, host, port, tls, authorities, clock);
  }

  private Optional<Gateway> gateway(@Nullable String url) {
    try {
      URI base = URI.create(url == null ? "" : url.replaceAll("/+$", ""));
      String scheme = String.valueOf(base.getScheme()).toLowerCase(java.util.Locale.ROOT);
      return base.getHost() != null && (scheme.equals("http") || scheme.equals("https"))
          ? Optional.of(new Gateway(base, authorities))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // the URL's own check says so
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
