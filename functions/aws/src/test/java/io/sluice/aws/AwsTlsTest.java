package io.sluice.aws;

import static io.sluice.aws.StubbedTest.ample;
import static io.sluice.aws.StubbedTest.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.aws.AwsException.Kind;
import io.sluice.testing.AwsStub;
import io.sluice.testing.TestAuthority;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwsTlsTest {

  private static final String URL = "https://sqs.eu-central-1.amazonaws.com/123456789012/audit";

  @TempDir private static Path folder;

  private static TestAuthority authority;
  private static AwsStub stub;

  @BeforeAll
  static void start() throws Exception {
    authority = TestAuthority.in(folder);
    stub = AwsStub.start(authority.rsaServer());
  }

  @AfterAll
  static void stop() {
    stub.close();
  }

  private static SqsQueue queue(Map<String, String> variables) {
    Map<String, String> environment = new HashMap<>(stub.environment());
    environment.putAll(variables);
    return new SqsQueue(AwsEnvironment.of(environment), URL);
  }

  @Test
  void givenABundleThatCertifiesTheEndpoint_whenCalled_thenAnsweredOverTls() throws Exception {
    Map<String, String> bundle = Map.of("AWS_CA_BUNDLE", authority.bundle().toString());
    try (SqsQueue queue = queue(bundle)) {
      queue.send("certified", ample());
    }
    assertThat(stub.messages(URL)).contains("certified");
  }

  @Test
  void givenAnAuthorityThatNobodyTrusts_whenCalled_thenNothingIsSent() {
    try (SqsQueue queue = queue(Map.of())) {
      failure(Kind.CONNECTION, () -> queue.send("untrusted", ample()));
    }
    assertThat(stub.messages(URL)).doesNotContain("untrusted");
  }

  @Test
  void givenACertificateForAnotherName_whenCalled_thenNothingIsSent() {
    Map<String, String> variables =
        Map.of(
            "AWS_CA_BUNDLE",
            authority.bundle().toString(),
            "AWS_ENDPOINT_URL",
            stub.url().replace("localhost", "127.0.0.1"));
    try (SqsQueue queue = queue(variables)) {
      failure(Kind.CONNECTION, () -> queue.send("misnamed", ample()));
    }
    assertThat(stub.messages(URL)).doesNotContain("misnamed");
  }

  @Test
  void givenABundleThatIsNotThere_whenConfigured_thenTheVariableIsNamed() {
    assertThatThrownBy(() -> queue(Map.of("AWS_CA_BUNDLE", "/nowhere.pem")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("AWS_CA_BUNDLE", "/nowhere.pem");
  }

  /** So that asking Amazon's roots first trusts nobody whom the platform doesn't. */
  @Test
  void givenAmazonsRoots_whenComparedWithThePlatform_thenEachIsOneOfIts() throws Exception {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    List<Certificate> platform = new java.util.ArrayList<>();
    for (TrustManager manager : factory.getTrustManagers()) {
      platform.addAll(List.of(((X509TrustManager) manager).getAcceptedIssuers()));
    }
    List<? extends Certificate> roots =
        List.copyOf(
            CertificateFactory.getInstance("X.509").generateCertificates(AmazonRoots.open()));
    assertThat(roots).hasSize(5);
    assertThat(platform).containsAll(roots);
  }
}
