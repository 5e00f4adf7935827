package io.sluice.core.exchange;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * The path that a request means (contract 1.1): percent-decoded, slashes folded, a stage prefix
 * taken off. GitLab sends {@code /v1/prompts/model_configuration%2Fcheck}, and {@code //v2/...}
 * where its base URL ends with a slash.
 */
public final class RequestPath {

  private static final Set<String> ROOTS = Set.of("v1", "v2", "v3", "v4", "monitoring");

  private RequestPath() {}

  /**
   * The decoded path, starting with a slash; a trailing slash is kept. Empty for a path that no
   * route can have: malformed escapes, no UTF-8, control characters, or a segment {@code .} or
   * {@code ..}, however it is written.
   */
  public static Optional<String> of(String rawPath) {
    return decode(rawPath).filter(RequestPath::isPlain).map(RequestPath::normalise);
  }

  private static String normalise(String path) {
    String folded = path.contains("//") ? path.replaceAll("/{2,}", "/") : path;
    int second = folded.indexOf('/', 1);
    if (second > 0 && !ROOTS.contains(folded.substring(1, second))) {
      String rest = folded.substring(second);
      int end = rest.indexOf('/', 1);
      if (ROOTS.contains(end < 0 ? rest.substring(1) : rest.substring(1, end))) {
        return rest;
      }
    }
    return folded;
  }

  private static boolean isPlain(String path) {
    for (String segment : path.split("/", -1)) {
      if (segment.equals(".") || segment.equals("..")) {
        return false;
      }
    }
    return path.startsWith("/") && path.chars().noneMatch(c -> c < 0x20 || c == 0x7f || c == '\\');
  }

  private static Optional<String> decode(String raw) {
    if (raw.indexOf('%') < 0 && raw.chars().allMatch(c -> c < 0x80)) {
      return Optional.of(raw);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    byte[] encoded = raw.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < encoded.length; i++) {
      if (encoded[i] != '%') {
        bytes.write(encoded[i]);
        continue;
      }
      if (i + 2 >= encoded.length) {
        return Optional.empty();
      }
      int high = Character.digit(encoded[i + 1], 16);
      int low = Character.digit(encoded[i + 2], 16);
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      bytes.write(high * 16 + low);
      i += 2;
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
