package io.sluice.doctor.gitlab;

import io.sluice.core.http.Headers;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.time.Cancellation;
import io.sluice.core.time.Deadline;
import io.sluice.outbound.AnyEndpoint;
import io.sluice.outbound.EndpointAllowList;
import io.sluice.outbound.OutboundClient;
import io.sluice.outbound.OutboundRequest;
import io.sluice.outbound.OutboundResponse;
import io.sluice.outbound.SocketOutboundClient;
import io.sluice.outbound.TrustedAuthorities;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A GitLab as the authorizer asks it: with the product's own client, so without redirects and
 * proxies, and within 5 s. Thread-safe.
 */
public final class GitLab {

  private static final String WELL_KNOWN = "/.well-known/openid-configuration";
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int LARGEST = 1024 * 1024;

  private final String url;
  private final OutboundClient client;

  /**
   * A GitLab.
   *
   * @param url as the deployment spells it
   * @throws IllegalArgumentException if it is no http or https URL
   */
  public GitLab(String url, TrustedAuthorities authorities) {
    this.url = url;
    EndpointAllowList local = new EndpointAllowList("--gitlab-url", List.of(origin(url)));
    this.client = new SocketOutboundClient(new AnyEndpoint(), local, authorities);
  }

  /** Its base URL, as the deployment spells it. */
  public String url() {
    return url;
  }

  /** Its host. */
  public String host() {
    return String.valueOf(URI.create(url).getHost());
  }

  /** Whether it is called by TLS. */
  public boolean tls() {
    return url.toLowerCase(Locale.ROOT).startsWith("https:");
  }

  /** Its port. */
  public int port() {
    int port = URI.create(url).getPort();
    return port >= 0 ? port : tls() ? 443 : 80;
  }

  /**
   * A document of this GitLab.
   *
   * @param date the header {@code Date}, or {@code null}
   */
  public record Document(JsonObject json, @Nullable String date) {}

  /** Its discovery document, which under a relative path may be at the root, too. */
  public Document discovery() throws IOException {
    try {
      return get(URI.create(url + WELL_KNOWN));
    } catch (IOException e) {
      if (URI.create(url).getRawPath().isEmpty()) {
        throw e;
      }
      return get(URI.create(url).resolve(WELL_KNOWN));
    }
  }

  /** Its keys, at the place that the discovery document names. */
  public JsonObject keys(JsonObject discovery) throws IOException {
    try {
      return get(URI.create(discovery.text("jwks_uri", ""))).json();
    } catch (IllegalArgumentException e) {
      throw new IOException("jwks_uri is no URL", e);
    }
  }

  /** Scheme, host and port of a URL. */
  static String origin(String text) {
    URI url = URI.create(text);
    if (url.getHost() == null || url.getScheme() == null) {
      throw new IllegalArgumentException("%s has no http or https, or no host".formatted(text));
    }
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    int port = url.getPort() >= 0 ? url.getPort() : scheme.equals("https") ? 443 : 80;
    return "%s://%s:%d".formatted(scheme, url.getHost().toLowerCase(Locale.ROOT), port);
  }

  private Document get(URI from) throws IOException {
    Deadline deadline = Deadline.after(PATIENCE);
    OutboundRequest request =
        new OutboundRequest(
            "GET", from, Headers.of("Accept", "application/json"), new byte[0], deadline);
    try (OutboundResponse response = client.send(request, new Cancellation())) {
      response.readDeadline(deadline);
      if (response.status() != 200) {
        String to = response.headers().first("Location");
        throw new IOException(
            "%s answered %d%s".formatted(from, response.status(), to == null ? "" : " to " + to));
      }
      byte[] body = response.body().readNBytes(LARGEST);
      if (Json.read(body) instanceof JsonObject json) {
        return new Document(json, response.headers().first("Date"));
      }
      throw new IOException(from + " answered no JSON object");
    } catch (JsonSyntaxException e) {
      throw new IOException("%s answered no JSON: %s".formatted(from, e.getMessage()), e);
    }
  }
}
