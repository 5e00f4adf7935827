package io.sluice.doctor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.doctor.GatewayStub;
import io.sluice.doctor.http.Gateway;
import io.sluice.doctor.report.Diagnosis;
import io.sluice.doctor.report.Ledger;
import io.sluice.doctor.report.Result;
import io.sluice.outbound.TrustedAuthorities;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HealthCheckTest {

  @Test
  void givenNoAnswerInTime_whenGitLabWouldAsk_thenFound() throws Exception {
    try (GatewayStub stub = new GatewayStub()) {
      stub.on("/monitoring/healthz", (request, connection) -> connection.untilClosed());
      stub.on("", (request, connection) -> connection.untilClosed());
      Ledger ledger = new Ledger("Health routes");
      Gateway gateway = new Gateway(URI.create(stub.url()), TrustedAuthorities.platform());
      new HealthCheck(gateway, Duration.ofMillis(200), Duration.ofMillis(200)).examine(ledger);
      assertThat(ledger.results())
          .filteredOn(Result.Finding.class::isInstance)
          .extracting(result -> ((Result.Finding) result).diagnosis())
          .containsExactly(Diagnosis.HEALTH_BAD, Diagnosis.NO_HEAD);
    }
  }
}
