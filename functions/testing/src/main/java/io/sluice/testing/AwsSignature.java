package io.sluice.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Checks a request's Signature Version 4 as AWS does, computing it anew (IAM User Guide, "Create a
 * signed AWS API request"). Immutable.
 *
 * @param accessKey the only key id that is known
 * @param sessionToken the token that belongs to it; empty for a key without one
 */
public record AwsSignature(String accessKey, String secretKey, String sessionToken, String region) {

  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          ALGORITHM
              + " Credential=([^/, ]+)/([0-9]{8})/([^/, ]+)/([^/, ]+)/aws4_request,"
              + " ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})");

  /** What a signature doesn't fit; {@code null} when all fits. */
  public @Nullable String refusal(WireConnection.Request request, String service, Instant now) {
    Matcher parts = AUTHORIZATION.matcher(request.headers().getOrDefault("authorization", ""));
    if (!parts.matches()) {
      return "the Authorization header is not one of " + ALGORITHM;
    }
    String date = request.headers().getOrDefault("x-amz-date", "");
    String scope = parts.group(2) + "/" + parts.group(3) + "/" + parts.group(4) + "/aws4_request";
    List<String> signed = List.of(parts.group(5).split(";", -1));
    if (!parts.group(1).equals(accessKey)) {
      return "the access key id is unknown";
    }
    if (!scope.equals(
        date.substring(0, Math.min(8, date.length()))
            + ("/" + region + "/" + service + "/aws4_request"))) {
      return "the credential's scope should be the day of X-Amz-Date, " + region + ", " + service;
    }
    if (!sessionToken.equals(request.headers().getOrDefault("x-amz-security-token", ""))) {
      return "the security token is not the session's";
    }
    String late = skew(date, now);
    if (late != null) {
      return late;
    }
    if (!signed.stream().sorted().toList().equals(signed) || !signed.contains("host")) {
      return "SignedHeaders must be sorted and name host";
    }
    for (String header : request.headers().keySet()) {
      if (header.startsWith("x-amz-") && !signed.contains(header)) {
        return "the header " + header + " is not signed";
      }
    }
    String text = ALGORITHM + "\n" + date + "\n" + scope + "\n" + hash(canonical(request, signed));
    byte[] key = bytes("AWS4" + secretKey);
    for (String part : scope.split("/", -1)) {
      key = hmac(key, part);
    }
    return MessageDigest.isEqual(hmac(key, text), HexFormat.of().parseHex(parts.group(6)))
        ? null
        : "the signature is not that of the request, which is canonically:\n"
            + new String(canonical(request, signed), StandardCharsets.UTF_8);
  }

  private static @Nullable String skew(String date, Instant now) {
    try {
      Duration off = Duration.between(TIME.parse(date, Instant::from), now).abs();
      return off.compareTo(SKEW) > 0 ? "X-Amz-Date is " + off + " off" : null;
    } catch (DateTimeParseException e) {
      return "X-Amz-Date is not like 20261123T180000Z";
    }
  }

  private static byte[] canonical(WireConnection.Request request, List<String> signed) {
    String[] target = request.target().split("\\?", 2);
    StringBuilder text = new StringBuilder(request.method()).append('\n');
    text.append(encoded(target[0])).append('\n');
    text.append(target.length < 2 ? "" : query(target[1])).append('\n');
    for (String header : signed) {
      String value = request.headers().getOrDefault(header, "");
      text.append(header).append(':').append(value.strip().replaceAll(" +", " ")).append('\n');
    }
    text.append('\n').append(String.join(";", signed)).append('\n');
    return bytes(text + hash(request.body()));
  }

  /** The sent path encoded once more: every service but S3 wants it doubly encoded. */
  private static String encoded(String path) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes(path)) {
      char c = (char) (b & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~/".indexOf(c) >= 0)) {
        text.append(c);
      } else {
        text.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
      }
    }
    return text.toString();
  }

  private static String query(String query) {
    List<String> parameters = new ArrayList<>();
    for (String parameter : query.split("&", -1)) {
      parameters.add(parameter.contains("=") ? parameter : parameter + "=");
    }
    Collections.sort(parameters);
    return String.join("&", parameters);
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(bytes(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
