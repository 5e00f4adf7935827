package io.sluice.local.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Judges a request's head, byte by byte, before it is parsed: what RFC 9112 leaves to a lenient
 * reader is refused here, since two readers that differ can be played off against each other.
 */
final class RequestHead {

  private static final boolean[] TOKEN = tokenCharacters();

  private final byte[] bytes;
  private int hosts;
  private int contentLengths;
  private int transferEncodings;
  private @Nullable String transferEncoding;
  private @Nullable String expectation;
  private boolean http10;

  private RequestHead(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * What is wrong with the head, or {@code null}.
   *
   * @param bytes a head whose lines all end in CR LF, with the empty line at its end
   */
  static @Nullable ProtocolError judge(byte[] bytes) {
    return new RequestHead(bytes).judge();
  }

  private @Nullable ProtocolError judge() {
    int end = lineEnd(0);
    ProtocolError problem = requestLine(end);
    for (int start = end + 2; problem == null && start < bytes.length - 2; start = end + 2) {
      end = lineEnd(start);
      problem = header(start, end);
    }
    return problem == null ? framing() : problem;
  }

  private @Nullable ProtocolError requestLine(int end) {
    int method = tokenEnd(0, end);
    if (method == 0 || method >= end || bytes[method] != ' ') {
      return bad("The request line has no method");
    }
    int target = method + 1;
    while (target < end && bytes[target] > ' ' && bytes[target] < 0x7f) {
      target++;
    }
    if (target == method + 1 || target >= end || bytes[target] != ' ') {
      return bad("The request target is malformed");
    }
    String version = text(target + 1, end);
    if (version.length() != 8
        || !version.startsWith("HTTP/")
        || version.charAt(6) != '.'
        || !isDigit(version.charAt(5))
        || !isDigit(version.charAt(7))) {
      return bad("The request line has no HTTP version");
    }
    if (version.charAt(5) != '1') {
      return new ProtocolError(505, "Only HTTP/1.1 and HTTP/1.0 are served");
    }
    http10 = version.charAt(7) == '0';
    return target(method + 1, target);
  }

  private @Nullable ProtocolError target(int start, int end) {
    String target = text(start, end);
    boolean absolute = target.regionMatches(true, 0, "http", 0, 4) && target.contains("://");
    if (!target.startsWith("/") && !target.equals("*") && !absolute) {
      return bad("The request target is neither a path nor an absolute URL");
    }
    return target.indexOf('#') >= 0 ? bad("The request target has a fragment") : null;
  }

  private @Nullable ProtocolError header(int start, int end) {
    int colon = tokenEnd(start, end);
    if (colon == start && (bytes[start] == ' ' || bytes[start] == '\t')) {
      return bad("A header line is folded");
    }
    if (colon == start || colon >= end || bytes[colon] != ':') {
      return bad("A header line has no name");
    }
    for (int i = colon + 1; i < end; i++) {
      if ((bytes[i] >= 0 && bytes[i] < ' ' && bytes[i] != '\t') || bytes[i] == 0x7f) {
        return bad("A header's value has a control character");
      }
    }
    return note(colon - start, start, text(colon + 1, end));
  }

  /** Only four names matter for framing; their lengths tell all others apart. */
  private @Nullable ProtocolError note(int length, int start, String value) {
    switch (length) {
      case 4 -> hosts += named("host", start);
      case 6 -> {
        if (named("expect", start) > 0) {
          expectation = value.strip();
        }
      }
      case 14 -> {
        if (named("content-length", start) > 0) {
          contentLengths++;
          if (!isNumber(value)) {
            return bad("The Content-Length is not a number");
          }
        }
      }
      case 17 -> {
        if (named("transfer-encoding", start) > 0) {
          transferEncodings++;
          transferEncoding = strip(value).toLowerCase(Locale.ROOT);
        }
      }
      default -> {
        // of no effect on framing
      }
    }
    return null;
  }

  private @Nullable ProtocolError framing() {
    if (hosts > 1) {
      return bad("The header Host occurs more than once");
    }
    if (hosts == 0 && !http10) {
      return bad("The header Host is missing");
    }
    if (contentLengths > 1) {
      return bad("The header Content-Length occurs more than once");
    }
    if (transferEncodings > 0) {
      if (contentLengths > 0) {
        return bad("The request has both Content-Length and Transfer-Encoding");
      }
      if (http10) {
        return bad("HTTP/1.0 has no Transfer-Encoding");
      }
      if (transferEncodings > 1) {
        return bad("The header Transfer-Encoding occurs more than once");
      }
      if (!"chunked".equals(transferEncoding)) {
        return new ProtocolError(501, "The only transfer coding that is served is chunked");
      }
    }
    if (expectation != null && !expectation.equalsIgnoreCase("100-continue")) {
      return new ProtocolError(417, "The only expectation that is met is 100-continue");
    }
    return null;
  }

  private int lineEnd(int start) {
    int end = start;
    while (bytes[end] != '\n') {
      end++;
    }
    return end - 1;
  }

  private int tokenEnd(int start, int end) {
    int i = start;
    while (i < end && bytes[i] > 0 && TOKEN[bytes[i]]) {
      i++;
    }
    return i;
  }

  private int named(String name, int start) {
    for (int i = 0; i < name.length(); i++) {
      if (Character.toLowerCase((char) bytes[start + i]) != name.charAt(i)) {
        return 0;
      }
    }
    return 1;
  }

  private String text(int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
  }

  private static boolean isNumber(String value) {
    String digits = strip(value);
    return !digits.isEmpty()
        && digits.length() <= 18
        && digits.chars().allMatch(c -> isDigit((char) c));
  }

  /** Without the optional white space of RFC 9110 5.6.3, which is space and tab only. */
  private static String strip(String value) {
    int start = 0;
    int end = value.length();
    while (start < end && (value.charAt(start) == ' ' || value.charAt(start) == '\t')) {
      start++;
    }
    while (end > start && (value.charAt(end - 1) == ' ' || value.charAt(end - 1) == '\t')) {
      end--;
    }
    return value.substring(start, end);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static ProtocolError bad(String detail) {
    return new ProtocolError(400, detail);
  }

  private static boolean[] tokenCharacters() {
    boolean[] token = new boolean[128];
    for (int c = 0; c < 128; c++) {
      token[c] =
          (c >= '0' && c <= '9')
              || (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }
    return token;
  }
}
