package io.sluice.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.http.Headers;
import io.sluice.core.model.Secret;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** Our signatures against those of the SDK's signer. */
class RequestSignatureTest {

  private static final Instant NOW = Instant.parse("2026-11-23T18:45:09.987654321Z");
  private static final List<String> SERVICES =
      List.of("dynamodb", "sqs", "kms", "secretsmanager", "lambda");
  private static final List<String> PATHS =
      List.of(
          "",
          "/",
          "/2021-11-15/functions/plain-name_1/response-streaming-invocations",
          "/2021-11-15/functions/arn%3Aaws%3Alambda%3Aeu-central-1%3A123456789012%3Afunction%3Af%3Alive/response-streaming-invocations",
          "/2021-11-15/functions/f%3A%24LATEST/response-streaming-invocations",
          "/odd%20path/with~tilde/and-._marks",
          "/umlaut%C3%A4/%E2%82%AC",
          "/comma,semi;colon:at@plus+amp&eq=star*(paren)!'",
          "/ends/with/slash/");
  private static final List<String> QUERIES =
      List.of(
          "",
          "Qualifier=live",
          "b=2&a=1",
          "a=2&a=1",
          "flag=&other=x%20y",
          "A=1&a=2&Z=3",
          "q=%C3%A4%2F%3D%26",
          "a-b=1&a=1&aB=2");

  @Test
  void givenManyRequests_whenSigned_thenTheHeadersAreThoseOfTheSdk() {
    Random random = new Random(7);
    int compared = 0;
    for (String service : SERVICES) {
      for (String path : PATHS) {
        for (String query : QUERIES) {
          for (String token : new String[] {null, "IQoJb3JpZ2luX2VjE//token+with/odd=="}) {
            byte[] body = new byte[random.nextInt(4) == 0 ? 0 : random.nextInt(5_000)];
            random.nextBytes(body);
            URI url =
                URI.create(origin(random, service) + path + (query.isEmpty() ? "" : "?" + query));
            Headers headers = headers(random);
            assertThat(ours(service, url, headers, body, token))
                .as("%s, token %s", url, token)
                .isEqualTo(theirs(service, url, headers, body, token));
            compared++;
          }
        }
      }
    }
    assertThat(compared).isGreaterThan(700);
  }

  private static String origin(Random random, String service) {
    return switch (random.nextInt(3)) {
      case 0 -> "https://" + service + ".eu-central-1.amazonaws.com";
      case 1 -> "http://127.0.0.1:" + (1024 + random.nextInt(60_000));
      default -> "https://vpce-0a1b.kms.eu-central-1.vpce.amazonaws.com:8443";
    };
  }

  private static Headers headers(Random random) {
    Headers.Builder headers = Headers.builder().add("Content-Type", "application/x-amz-json-1.0");
    if (random.nextBoolean()) {
      headers.add("X-Amz-Target", "DynamoDB_20120810.GetItem");
    }
    if (random.nextBoolean()) {
      headers.add("X-Amz-Tenant-Id", "  blanks   inside  and  around ");
    }
    return headers.build();
  }

  private static Map<String, List<String>> ours(
      String service, URI url, Headers headers, byte[] body, @Nullable String token) {
    AwsCredentials credentials =
        new AwsCredentials(
            "AKIDEXAMPLE", new Secret("secret/with+odd"), token == null ? null : new Secret(token));
    Map<String, List<String>> signed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    new RequestSignature(credentials, "eu-central-1", service)
        .sign("POST", url, headers, body, NOW)
        .forEach((name, value) -> signed.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
    return signed;
  }

  private static Map<String, List<String>> theirs(
      String service, URI url, Headers headers, byte[] body, @Nullable String token) {
    SdkHttpFullRequest.Builder request =
        SdkHttpFullRequest.builder().method(SdkHttpMethod.POST).uri(url);
    headers.forEach(request::appendHeader);
    AwsCredentialsIdentity identity =
        token == null
            ? AwsCredentialsIdentity.create("AKIDEXAMPLE", "secret/with+odd")
            : AwsSessionCredentialsIdentity.create("AKIDEXAMPLE", "secret/with+odd", token);
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                r ->
                    r.identity(identity)
                        .request(request.build())
                        .payload(() -> new ByteArrayInputStream(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-central-1")
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(NOW, ZoneOffset.UTC)))
            .request();
    Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(signed.headers());
    all.remove("Host"); // the outbound client adds it
    return all;
  }
}
