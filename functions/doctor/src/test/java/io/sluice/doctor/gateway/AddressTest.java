package io.sluice.doctor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.doctor.report.Diagnosis;
import io.sluice.doctor.report.Ledger;
import io.sluice.doctor.report.Result;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** URLs and names. */
class AddressTest {

  private static List<Diagnosis> found(Ledger ledger) {
    return ledger.results().stream()
        .filter(Result.Finding.class::isInstance)
        .map(result -> ((Result.Finding) result).diagnosis())
        .toList();
  }

  private static List<Diagnosis> url(String url) {
    Ledger ledger = new Ledger("URL");
    new UrlCheck(url).examine(ledger);
    assertThat(ledger.results()).hasSize(1);
    return found(ledger);
  }

  private static List<Diagnosis> name(boolean loopbackIsFine, String... addresses) {
    Ledger ledger = new Ledger("DNS");
    NameCheck.Lookup lookup =
        host -> {
          if (addresses.length == 0) {
            throw new UnknownHostException(host);
          }
          InetAddress[] found = new InetAddress[addresses.length];
          for (int i = 0; i < found.length; i++) {
            found[i] = InetAddress.ofLiteral(addresses[i]);
          }
          return found;
        };
    new NameCheck("aigw.corp.example", loopbackIsFine, lookup).examine(ledger);
    assertThat(ledger.results()).hasSize(1);
    return found(ledger);
  }

  @Test
  void givenUrls_whenGitLabCanUseThem_thenHealthy() {
    assertThat(url("https://a.execute-api.eu-central-1.amazonaws.com/prod")).isEmpty();
    assertThat(url("http://127.0.0.1:8080")).isEmpty();
    assertThat(url("http://localhost:8080")).isEmpty();
    assertThat(url("http://[::1]:8080")).isEmpty();
  }

  @Test
  void givenUrls_whenGitLabCannotUseThem_thenFound() {
    assertThat(url("https://a b")).containsExactly(Diagnosis.URL_MALFORMED);
    assertThat(url("ftp://a")).containsExactly(Diagnosis.URL_MALFORMED);
    assertThat(url("https:///v1")).containsExactly(Diagnosis.URL_MALFORMED);
    assertThat(url("https://u:p@a")).containsExactly(Diagnosis.URL_MALFORMED);
    assertThat(url("https://a?b=c")).containsExactly(Diagnosis.URL_MALFORMED);
    assertThat(url("https://a#b")).containsExactly(Diagnosis.URL_MALFORMED);
    assertThat(url("https://a/" + "b".repeat(2_048))).containsExactly(Diagnosis.URL_MALFORMED);
    assertThat(url("https://a/prod/")).containsExactly(Diagnosis.URL_SLASH);
    assertThat(url("http://10.0.0.1:8080")).containsExactly(Diagnosis.URL_PLAIN);
    assertThat(url("http://aigw.corp.example")).containsExactly(Diagnosis.URL_PLAIN);
  }

  @Test
  void givenNames_whenTheyLeadToPrivateAddresses_thenHealthy() {
    assertThat(name(false, "10.1.2.3", "10.1.3.3")).isEmpty();
    assertThat(name(false, "172.16.0.1")).isEmpty();
    assertThat(name(false, "100.64.0.1")).isEmpty();
    assertThat(name(false, "fd00::1")).isEmpty();
    assertThat(name(true, "127.0.0.1")).isEmpty();
  }

  @Test
  void givenNames_whenTheyLeadElsewhere_thenFound() {
    assertThat(name(false)).containsExactly(Diagnosis.NAME_UNKNOWN);
    assertThat(name(false, "127.0.0.1")).containsExactly(Diagnosis.NAME_LOOPBACK);
    assertThat(name(true, "10.0.0.1", "3.5.7.9")).containsExactly(Diagnosis.NAME_PUBLIC);
    assertThat(name(false, "100.128.0.1")).containsExactly(Diagnosis.NAME_PUBLIC);
    assertThat(name(false, "2a05::1")).containsExactly(Diagnosis.NAME_PUBLIC);
  }
}
