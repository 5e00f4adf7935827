package io.sluice.gitlab;

import io.sluice.core.http.Headers;
import io.sluice.gitlab.WireException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 to the gateway, without redirects. Paths are put behind the base URL as text (1.1). */
public final class Wire implements AutoCloseable {

  private static final int FRAGMENT_BYTES = 16 * 1024;

  /**
   * A call that was made.
   *
   * @param status 0 if none came
   * @param took to the answer's last byte
   */
  public record Call(String correlationId, String path, int status, Duration took) {}

  private final String base;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Call> calls = new CopyOnWriteArrayList<>();

  /**
   * @param base the "Local AI Gateway URL" as an administrator typed it
   */
  public Wire(String base) {
    this.base = base;
  }

  /** All calls, in the order of their ends. */
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /**
   * Calls.
   *
   * @param body {@code null} for none
   * @param fragments gets the body of a successful answer as it comes
   * @throws WireException if no whole answer came
   */
  Reply send(
      String method,
      String path,
      Headers headers,
      @Nullable String body,
      Patience patience,
      Consumer<byte[]> fragments)
      throws WireException {
    long began = System.nanoTime();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(patience.head())
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    int status = 0;
    try {
      HttpResponse<InputStream> response = head(request.build());
      status = response.statusCode();
      Consumer<byte[]> reader = status / 100 == 2 ? fragments : _ -> {};
      return new Reply(status, response.headers(), body(response.body(), patience, began, reader));
    } finally {
      String id = headers.first("X-Request-ID", "");
      calls.add(new Call(id, path, status, Duration.ofNanos(System.nanoTime() - began)));
    }
  }

  private HttpResponse<InputStream> head(HttpRequest request) throws WireException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (HttpTimeoutException e) {
      throw new WireException(Kind.TIMEOUT, e);
    } catch (IOException e) {
      throw new WireException(Kind.CONNECTION, e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private String body(InputStream in, Patience patience, long began, Consumer<byte[]> fragments)
      throws WireException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    byte[] buffer = new byte[FRAGMENT_BYTES];
    try (in) {
      while (true) {
        long left = patience.total().toNanos() - (System.nanoTime() - began);
        long wait = Math.min(left, patience.gap().toNanos());
        int length = readers.submit(() -> in.read(buffer)).get(wait, TimeUnit.NANOSECONDS);
        if (length < 0) {
          return whole.toString(StandardCharsets.UTF_8);
        }
        whole.write(buffer, 0, length);
        fragments.accept(Arrays.copyOf(buffer, length));
      }
    } catch (TimeoutException e) {
      throw new WireException(Kind.TIMEOUT, e);
    } catch (ExecutionException | IOException e) {
      throw new WireException(Kind.TRUNCATED, e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static WireException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new WireException(Kind.CONNECTION, e);
  }

  @Override
  public void close() {
    client.shutdownNow();
    readers.shutdownNow();
  }
}
