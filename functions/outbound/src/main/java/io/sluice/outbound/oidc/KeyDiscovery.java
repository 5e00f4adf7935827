package io.sluice.outbound.oidc;

import io.sluice.core.http.Headers;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.time.Cancellation;
import io.sluice.core.time.Deadline;
import io.sluice.outbound.OutboundClient;
import io.sluice.outbound.OutboundRequest;
import io.sluice.outbound.OutboundResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;

/**
 * Fetches the JWKS of an issuer by OIDC discovery (contract 2.4). Thread-safe; blocks for at most
 * {@link #TIMEOUT}.
 */
public final class KeyDiscovery {

  /** The largest document that is read. A GitLab's JWKS has a few kilobytes. */
  public static final int MAX_BYTES = 1024 * 1024;

  /** For both documents together. */
  public static final Duration TIMEOUT = Duration.ofSeconds(5);

  private static final String WELL_KNOWN = "/.well-known/openid-configuration";
  private static final Headers ACCEPT = Headers.of("Accept", "application/json");

  @SuppressWarnings("ArrayRecordComponent")
  private record Answer(int status, byte[] body) {}

  private final OutboundClient client;

  /**
   * Fetches nothing yet.
   *
   * @param client may reach the issuers' origins, and nothing else
   */
  public KeyDiscovery(OutboundClient client) {
    this.client = client;
  }

  /**
   * The issuer's JWKS.
   *
   * @param issuer as {@link IssuerUrl#of} spells it
   * @throws IOException if it can't be had; the message names the URL and what to mend
   */
  public JsonObject fetch(String issuer) throws IOException {
    Deadline deadline = Deadline.after(TIMEOUT);
    JsonObject discovery = discovery(issuer, deadline);
    if (!issuer.equals(discovery.text("issuer"))) {
      throw new IOException(
          "the discovery document of %s names another issuer: configure GitLab's external URL"
              .formatted(issuer));
    }
    URI url = keysUrl(issuer, discovery.text("jwks_uri", ""));
    return document(url, get(url, deadline));
  }

  /** GitLab under a relative path serves the document there; some proxies only at the root. */
  private JsonObject discovery(String issuer, Deadline deadline) throws IOException {
    URI url = URI.create(issuer + WELL_KNOWN);
    Answer answer = get(url, deadline);
    if (answer.status == 404 && !URI.create(issuer).getRawPath().isEmpty()) {
      URI root = URI.create(issuer).resolve(WELL_KNOWN);
      Answer atRoot = get(root, deadline);
      if (atRoot.status == 200) {
        return document(root, atRoot);
      }
    }
    return document(url, answer);
  }

  private static URI keysUrl(String issuer, String jwksUri) throws IOException {
    try {
      URI url = new URI(jwksUri);
      if (url.getRawUserInfo() == null && origin(url).equals(origin(URI.create(issuer)))) {
        return url;
      }
    } catch (URISyntaxException e) {
      // Said below; the exception's message quotes what GitLab sent.
    }
    throw new IOException(
        "the discovery document of %s has a jwks_uri of another scheme, host or port"
            .formatted(issuer));
  }

  private static String origin(URI url) {
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
    int port = url.getPort() >= 0 ? url.getPort() : scheme.equals("https") ? 443 : 80;
    return scheme + "://" + host + ":" + port;
  }

  private Answer get(URI url, Deadline deadline) throws IOException {
    OutboundRequest request = new OutboundRequest("GET", url, ACCEPT, new byte[0], deadline);
    try (OutboundResponse response = client.send(request, new Cancellation())) {
      response.readDeadline(deadline);
      byte[] body = response.body().readNBytes(MAX_BYTES + 1);
      if (body.length > MAX_BYTES) {
        throw new IOException(url + " answered more than " + MAX_BYTES + " bytes");
      }
      return new Answer(response.status(), body);
    }
  }

  private static JsonObject document(URI url, Answer answer) throws IOException {
    if (answer.status != 200) {
      throw new IOException(url + " answered " + answer.status);
    }
    try {
      if (Json.read(answer.body) instanceof JsonObject object) {
        return object;
      }
    } catch (JsonSyntaxException e) {
      throw new IOException(url + " answered no JSON: " + e.getMessage(), e);
    }
    throw new IOException(url + " answered no JSON object");
  }
}
