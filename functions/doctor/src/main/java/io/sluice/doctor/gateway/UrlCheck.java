package io.sluice.doctor.gateway;

import io.sluice.doctor.Check;
import io.sluice.doctor.report.Diagnosis;
import io.sluice.doctor.report.Ledger;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Whether GitLab can use the URL as it is spelt (client 1.1). Immutable. */
public final class UrlCheck implements Check {

  /** The longest URL that GitLab saves. */
  private static final int LONGEST = 2_048;

  private final String url;

  /** Checks that URL. */
  public UrlCheck(String url) {
    this.url = url;
  }

  @Override
  public String title() {
    return "URL";
  }

  @Override
  public void examine(Ledger ledger) {
    URI parsed;
    try {
      parsed = new URI(url);
    } catch (URISyntaxException e) {
      ledger.finding(Diagnosis.URL_MALFORMED, "it can't be parsed: " + e.getReason());
      return;
    }
    String scheme = String.valueOf(parsed.getScheme()).toLowerCase(Locale.ROOT);
    if (!(scheme.equals("http") || scheme.equals("https")) || parsed.getHost() == null) {
      ledger.finding(Diagnosis.URL_MALFORMED, "it has no http or https, or no host");
    } else if (parsed.getRawUserInfo() != null
        || parsed.getRawQuery() != null
        || parsed.getRawFragment() != null) {
      ledger.finding(Diagnosis.URL_MALFORMED, "user, query and fragment have no place in it");
    } else if (url.length() > LONGEST) {
      ledger.finding(Diagnosis.URL_MALFORMED, "it is longer than 2,048 characters");
    } else if (url.endsWith("/")) {
      ledger.finding(Diagnosis.URL_SLASH, url);
    } else if (scheme.equals("http") && !loopback(parsed.getHost())) {
      ledger.finding(Diagnosis.URL_PLAIN, url);
    } else {
      ledger.healthy(url);
    }
  }

  private static boolean loopback(String host) {
    try {
      return host.equals("localhost")
          || InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false; // a name
    }
  }
}
