package io.sluice.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** Calls the stub with requests that AWS's own signer signed. */
final class SignedClient implements AutoCloseable {

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private Clock clock = Clock.systemUTC();

  SignedClient(AwsStub stub) {
    environment.putAll(stub.environment());
  }

  SignedClient with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  SignedClient at(Clock other) {
    clock = other;
    return this;
  }

  /** A call of an operation by {@code X-Amz-Target}. */
  HttpResponse<String> call(String service, String target, String json)
      throws IOException, InterruptedException {
    return post(
        "/",
        service,
        Map.of("X-Amz-Target", target, "Content-Type", AwsWire.CONTENT_TYPES.get(service)),
        json,
        HttpResponse.BodyHandlers.ofString());
  }

  <T> HttpResponse<T> post(
      String path,
      String service,
      Map<String, String> headers,
      String body,
      HttpResponse.BodyHandler<T> handler)
      throws IOException, InterruptedException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    URI uri = URI.create(environment.get("AWS_ENDPOINT_URL") + path);
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(uri).encodedPath(uri.getRawPath());
    headers.forEach(request::putHeader);
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                sign ->
                    sign.identity(
                            AwsSessionCredentialsIdentity.create(
                                environment.get("AWS_ACCESS_KEY_ID"),
                                environment.get("AWS_SECRET_ACCESS_KEY"),
                                environment.get("AWS_SESSION_TOKEN")))
                        .request(request.build())
                        .payload(ContentStreamProvider.fromByteArray(bytes))
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, environment.get("AWS_REGION")))
            .request();
    HttpRequest.Builder call =
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofByteArray(bytes));
    signed
        .headers()
        .forEach(
            (name, values) -> {
              if (!name.equalsIgnoreCase("Host")) {
                values.forEach(value -> call.header(name, value));
              }
            });
    return http.send(call.build(), handler);
  }

  @Override
  public void close() {
    http.shutdownNow(); // an answer that was cut or never read must not keep the test
  }
}
