package io.sluice.aws;

import io.sluice.core.http.Headers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signature Version 4, for every service but S3: the path is encoded once more, the body is signed.
 * A test compares it with the SDK's signer byte for byte. Immutable; thread-safe.
 *
 * @param credentials whose signature
 * @param region the scope's Region
 * @param service the scope's service
 */
record RequestSignature(AwsCredentials credentials, String region, String service) {

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final HexFormat HEX = HexFormat.of();

  /** Stands for the equals sign while parameters are ordered: by name, then by value. */
  private static final char FIRST = '\0';

  private static final String HEX_DIGITS = "0123456789ABCDEF";

  /**
   * The headers that make the request a signed one, those given included.
   *
   * @param url as it is sent, its path and query encoded
   * @param headers all that are signed beside {@code Host}
   */
  Headers sign(String method, URI url, Headers headers, byte[] body, Instant now) {
    String time = timestamp(now);
    String bodyHash = HEX.formatHex(sha256(body));
    Headers.Builder all = Headers.builder().addAll(headers).add("X-Amz-Date", time);
    if (credentials.sessionToken() != null) {
      all.add("X-Amz-Security-Token", credentials.sessionToken().reveal());
    }
    all.add("x-amz-content-sha256", bodyHash);
    Map<String, String> signed = canonical(all.build(), url);
    String names = String.join(";", signed.keySet());
    StringBuilder request = new StringBuilder(1024);
    request.append(method).append('\n');
    encodePath(request, url.getRawPath());
    request.append('\n').append(canonicalQuery(url.getRawQuery())).append('\n');
    signed.forEach((name, value) -> request.append(name).append(':').append(value).append('\n'));
    request.append('\n').append(names).append('\n').append(bodyHash);
    String date = time.substring(0, 8);
    String scope = date + '/' + region + '/' + service + "/aws4_request";
    String text = ALGORITHM + '\n' + time + '\n' + scope + '\n' + hex(request.toString());
    String signature = HEX.formatHex(hmac(key(date), text));
    return all.add(
            "Authorization",
            ALGORITHM
                + " Credential="
                + credentials.accessKeyId()
                + '/'
                + scope
                + ", SignedHeaders="
                + names
                + ", Signature="
                + signature)
        .build();
  }

  private byte[] key(String date) {
    byte[] secret =
        ("AWS4" + credentials.secretAccessKey().reveal()).getBytes(StandardCharsets.UTF_8);
    return hmac(hmac(hmac(hmac(secret, date), region), service), "aws4_request");
  }

  /** Headers by lower-case name, in order; several of a name are joined. */
  private static Map<String, String> canonical(Headers headers, URI url) {
    Map<String, String> signed = new TreeMap<>();
    signed.put("host", url.getRawAuthority());
    headers.forEach(
        (name, value) -> {
          String key = name.toLowerCase(Locale.ROOT);
          String text = squeezed(value);
          String before = signed.put(key, text);
          if (before != null) {
            signed.put(key, before + ',' + text);
          }
        });
    return signed;
  }

  /** Without blanks at the ends, and with one blank for several. */
  private static String squeezed(String value) {
    String text = value.strip();
    if (text.indexOf("  ") < 0) {
      return text;
    }
    StringBuilder squeezed = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ' ' || text.charAt(i - 1) != ' ') {
        squeezed.append(c);
      }
    }
    return squeezed.toString();
  }

  private static void encodePath(StringBuilder to, String path) {
    if (path.isEmpty()) {
      to.append('/');
      return;
    }
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c == '/' || unreserved(c)) {
        to.append(c);
      } else {
        to.append('%').append(HEX_DIGITS.charAt(c >> 4)).append(HEX_DIGITS.charAt(c & 15));
      }
    }
  }

  private static boolean unreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  /** Our queries are encoded already: they are only ordered. */
  private static String canonicalQuery(@org.jspecify.annotations.Nullable String query) {
    if (query == null || query.isEmpty()) {
      return "";
    }
    String[] parameters = query.split("&", -1);
    for (int i = 0; i < parameters.length; i++) {
      int equals = parameters[i].indexOf('=');
      parameters[i] =
          equals < 0
              ? parameters[i] + FIRST
              : parameters[i].substring(0, equals) + FIRST + parameters[i].substring(equals + 1);
    }
    Arrays.sort(parameters);
    return String.join("&", parameters).replace(FIRST, '=');
  }

  /** {@code 20261123T184500Z}. */
  private static String timestamp(Instant now) {
    String text = now.toString(); // 2026-11-23T18:45:00.123Z
    StringBuilder plain = new StringBuilder(16);
    for (int i = 0; i < 19; i++) {
      char c = text.charAt(i);
      if (c != '-' && c != ':') {
        plain.append(c);
      }
    }
    return plain.append('Z').toString();
  }

  private static String hex(String text) {
    return HEX.formatHex(sha256(text.getBytes(StandardCharsets.UTF_8)));
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
