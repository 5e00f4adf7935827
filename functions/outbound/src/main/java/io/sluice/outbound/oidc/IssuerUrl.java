package io.sluice.outbound.oidc;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The base URL of a GitLab, which is the {@code iss} of its tokens. Pure functions. */
public final class IssuerUrl {

  private IssuerUrl() {}

  /**
   * The issuer of that URL: without blanks around it and without slashes at its end.
   *
   * @throws IllegalArgumentException if it is no such URL; the message is for the administrator
   */
  public static String of(String url) {
    try {
      String trimmed = url.strip();
      int end = trimmed.length();
      while (end > 0 && trimmed.charAt(end - 1) == '/') {
        end--;
      }
      URI parsed = new URI(trimmed.substring(0, end));
      String scheme = String.valueOf(parsed.getScheme()).toLowerCase(Locale.ROOT);
      if (List.of("http", "https").contains(scheme)
          && parsed.getHost() != null
          && parsed.getRawUserInfo() == null
          && parsed.getRawQuery() == null
          && parsed.getRawFragment() == null) {
        return trimmed.substring(0, end);
      }
    } catch (URISyntaxException e) {
      // Said below; the exception's message quotes the text.
    }
    throw new IllegalArgumentException(
        "a GitLab URL must be http(s)://HOST[:PORT][/PATH] without credentials and query");
  }

  /**
   * The issuers of URLs with commas between them; blank entries count as absent.
   *
   * @throws IllegalArgumentException if one is no such URL; the message is for the administrator
   */
  public static List<String> list(String urls) {
    List<String> issuers = new ArrayList<>();
    for (String url : urls.split(",", -1)) {
      if (!url.isBlank()) {
        issuers.add(of(url));
      }
    }
    return List.copyOf(issuers);
  }

  /** Scheme, host and port of an issuer: what the outbound policy must allow. */
  public static String origin(String issuer) {
    URI url = URI.create(issuer);
    return url.getScheme() + "://" + url.getRawAuthority();
  }
}
