package io.sluice.outbound;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A URL in the one spelling that we accept, so that comparing two of them literally is safe.
 * Immutable.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case: a name, four decimal numbers, or an IPv6 address in brackets
 * @param port explicit, also where it is the scheme's default
 * @param path as written: empty or starting with a slash
 */
record Endpoint(String scheme, String host, int port, String path) {

  private static final int LONGEST = 2_048;
  private static final Pattern NUMBER = Pattern.compile("25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d");
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:" + NUMBER + ")\\.){3}(?:" + NUMBER + ")");
  private static final Pattern NAME =
      Pattern.compile(
          "(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:]+\\]");
  private static final Pattern PADDED_PORT = Pattern.compile(".*:0\\d*");
  private static final Pattern HIDDEN = Pattern.compile("%(?:2e|2f|5c|25|00)");

  /**
   * Parses a URL strictly.
   *
   * @throws IllegalArgumentException if it is spelled in any other way than the accepted one; the
   *     message says why and holds nothing of the URL
   */
  static Endpoint parse(String url) {
    if (url.length() > LONGEST) {
      throw new IllegalArgumentException("it is longer than " + LONGEST + " characters");
    }
    return of(uri(url));
  }

  /** The same for a URL that may end with a query: it is no part of an endpoint. */
  static Endpoint ofRequest(URI url) {
    return parse(withoutQuery(url.toString()));
  }

  private static String withoutQuery(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }

  private static URI uri(String url) {
    for (int i = 0; i < url.length(); i++) {
      if (url.charAt(i) <= ' ' || url.charAt(i) > '~' || url.charAt(i) == '\\') {
        throw new IllegalArgumentException("it holds a character that a URL must not hold");
      }
    }
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("it is not a URL");
    }
  }

  private static Endpoint of(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("its scheme is neither http nor https");
    }
    String authority = uri.getRawAuthority();
    if (authority == null || authority.indexOf('@') >= 0) {
      throw new IllegalArgumentException(
          authority == null ? "it has no host" : "it holds a user or a password");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("it holds a query or a fragment");
    }
    return new Endpoint(scheme, host(uri), port(uri, scheme), path(uri));
  }

  private static String host(URI uri) {
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    boolean plain =
        IPV4.matcher(host).matches()
            || (host.length() <= 253 && NAME.matcher(host).matches())
            || (IPV6.matcher(host).matches() && !host.contains("ffff:"));
    if (!plain) {
      throw new IllegalArgumentException(
          "its host is neither a plain name nor a plainly written address");
    }
    return host;
  }

  private static int port(URI uri, String scheme) {
    int port = uri.getPort();
    String authority = uri.getRawAuthority();
    boolean usable = port <= 65_535 && !authority.endsWith(":");
    if (!usable || PADDED_PORT.matcher(authority).matches()) {
      throw new IllegalArgumentException("its port is not a plain number between 1 and 65535");
    }
    return port > 0 ? port : scheme.equals("https") ? 443 : 80;
  }

  private static String path(URI uri) {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    if (HIDDEN.matcher(path.toLowerCase(Locale.ROOT)).find()) {
      throw new IllegalArgumentException("its path holds an encoded dot, slash or percent sign");
    }
    for (String segment : path.split("/", -1)) {
      if (segment.equals(".") || segment.equals("..")) {
        throw new IllegalArgumentException("its path holds a dot segment");
      }
    }
    return path;
  }

  /** Whether the host is a name, to be resolved. */
  boolean named() {
    return !host.startsWith("[") && !IPV4.matcher(host).matches();
  }

  boolean secure() {
    return scheme.equals("https");
  }

  /** Scheme, host and port: what a connection is for. */
  Origin origin() {
    return new Origin(scheme, host, port);
  }

  /** Host, and the port where it is not the scheme's default: the {@code Host} header. */
  String authority() {
    return port == (secure() ? 443 : 80) ? host : host + ":" + port;
  }

  /** Whether this endpoint lies at the other one or below it, by whole path segments. */
  boolean within(Endpoint other) {
    if (!origin().equals(other.origin())) {
      return false;
    }
    String prefix =
        other.path.endsWith("/") ? other.path.substring(0, other.path.length() - 1) : other.path;
    return path.startsWith(prefix)
        && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
  }

  @Override
  public String toString() {
    return scheme + "://" + authority() + path;
  }

  /** What a connection is for. */
  record Origin(String scheme, String host, int port) {

    // Written out: a record's own methods are linked at the first call, at a cold start's cost.
    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
      return other instanceof Origin origin
          && origin.port == port
          && origin.host.equals(host)
          && origin.scheme.equals(scheme);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * scheme.hashCode() + host.hashCode()) + port;
    }
  }
}
