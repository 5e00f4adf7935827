package io.sluice.doctor.http;

import io.sluice.core.http.Headers;
import io.sluice.outbound.TrustedAuthorities;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The gateway as GitLab calls it: paths are put behind the base URL as they are, HTTP/1.1, a new
 * connection for each call, no redirects (client 1.1, 1.4), and no proxy. Thread-safe.
 */
public final class Gateway {

  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final URI base;
  private final TrustedAuthorities authorities;

  /**
   * A gateway.
   *
   * @param base as it is pasted into GitLab
   */
  public Gateway(URI base, TrustedAuthorities authorities) {
    this.base = base;
    this.authorities = authorities;
  }

  /** The URL as it is pasted into GitLab. */
  public URI base() {
    return base;
  }

  /** Whether calls are encrypted. */
  public boolean tls() {
    return "https".equalsIgnoreCase(base.getScheme());
  }

  /** The port that is connected to. */
  public int port() {
    return base.getPort() >= 0 ? base.getPort() : tls() ? 443 : 80;
  }

  /** Asks. */
  public Reply get(String path, Headers headers, Duration patience)
      throws IOException, InterruptedException {
    return send("GET", path, headers, null, patience);
  }

  /** Asks whether the base URL answers at all. */
  public Reply head(Duration patience) throws IOException, InterruptedException {
    return send("HEAD", "", Headers.EMPTY, null, patience);
  }

  /** Sends that body. */
  public Reply post(String path, Headers headers, String body, Duration patience)
      throws IOException, InterruptedException {
    return send("POST", path, headers, body, patience);
  }

  /**
   * Sends a request and takes the whole answer.
   *
   * @throws HttpTimeoutException if the head did not come within the patience
   */
  private Reply send(
      String method, String path, Headers headers, @Nullable String body, Duration patience)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(CONNECT)
            .sslContext(authorities.context())
            .build()) {
      try {
        return exchange(client, request.build(), patience);
      } finally {
        client.shutdownNow();
      }
    }
  }

  private static Reply exchange(HttpClient client, HttpRequest request, Duration patience)
      throws IOException, InterruptedException {
    long sent = System.nanoTime();
    Arrivals arrivals = new Arrivals(sent);
    AtomicReference<@Nullable Head> head = new AtomicReference<>();
    Future<HttpResponse<Boolean>> answer =
        client.sendAsync(
            request,
            info -> {
              head.set(new Head(info, Duration.ofNanos(System.nanoTime() - sent)));
              return arrivals;
            });
    boolean complete;
    try {
      complete = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS).body();
    } catch (TimeoutException e) {
      complete = false;
      answer.cancel(true);
      if (head.get() == null) {
        throw new HttpTimeoutException("no answer within " + patience.toSeconds() + " s");
      }
    } catch (ExecutionException e) {
      if (head.get() == null) {
        throw e.getCause() instanceof IOException io ? io : new IOException("no answer", e);
      }
      complete = false;
    }
    Head seen = Objects.requireNonNull(head.get());
    return new Reply(
        seen.info.statusCode(),
        seen.info.headers(),
        seen.after,
        List.copyOf(arrivals.pieces()),
        Duration.ofNanos(System.nanoTime() - sent),
        complete);
  }

  private record Head(HttpResponse.ResponseInfo info, Duration after) {}
}
