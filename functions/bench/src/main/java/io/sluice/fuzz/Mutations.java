package io.sluice.fuzz;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonBoolean;
import io.sluice.core.json.JsonNull;
import io.sluice.core.json.JsonNumber;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;

/** Changes to a request, drawn by a seeded source: the same seed gives the same changes. */
final class Mutations {

  private static final List<String> METHODS =
      List.of("POST", "GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "QUERY", "post");
  private static final List<String> TYPES =
      List.of(
          "application/json",
          "application/json; charset=utf-16",
          "application/x+json",
          "text/plain",
          "multipart/form-data; boundary=x",
          "",
          "a/b/c",
          ";;");
  private static final List<String> PATH_PARTS =
      List.of("/", "//", "%2F", "..", "%2e%2e", "%00", "%", "?a=b", "é", "/v1", "/prod", ";x=y");
  private static final List<String> HEADER_NAMES =
      List.of(
          "X-Gitlab-Realm",
          "X-Gitlab-Instance-Id",
          "X-Gitlab-Version",
          "X-Gitlab-Language-Server-Version",
          "x-gitlab-enabled-feature-flags",
          "X-Request-ID",
          "X-Gitlab-Rails-Send-Start",
          "Content-Encoding",
          "Origin",
          "X-Anything");

  private final Random random;
  private final RandomGenerator<String> texts;
  private final RandomGenerator<JsonValue> values;

  Mutations(Random random) {
    this.random = random;
    Arbitrary<String> text =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(40),
            Arbitraries.strings().ascii().ofMaxLength(300),
            Arbitraries.of(
                "",
                "{{x}}",
                "${x}",
                "<|im_start|>",
                "\u0000",
                "\ud800",
                "http://127.0.0.1:1/v1",
                "http://169.254.169.254/latest",
                "not a url",
                "x".repeat(100_001)));
    Arbitrary<JsonValue> leaf =
        Arbitraries.oneOf(
            text.map(JsonString::new),
            Arbitraries.bigDecimals().map(number -> new JsonNumber(number.toString())),
            Arbitraries.longs().map(number -> new JsonNumber(Long.toString(number))),
            Arbitraries.of(
                JsonNull.NULL,
                new JsonBoolean(true),
                new JsonNumber("1e400"),
                new JsonNumber("-0"),
                JsonObject.EMPTY,
                JsonArray.EMPTY));
    Arbitrary<JsonValue> value =
        Arbitraries.oneOf(
            leaf,
            leaf.list().ofMaxSize(5).map(items -> (JsonValue) new JsonArray(items)),
            Arbitraries.maps(text, leaf)
                .ofMaxSize(4)
                .map(members -> (JsonValue) new JsonObject(members)),
            Arbitraries.integers().between(1, 80).map(Mutations::nested));
    this.texts = text.generator(1_000, true);
    this.values = value.generator(1_000, true);
  }

  private static JsonValue nested(int depth) {
    JsonValue value = JsonNull.NULL;
    for (int i = 0; i < depth; i++) {
      value = new JsonArray(List.of(value));
    }
    return value;
  }

  /** The document with one place changed. */
  JsonValue document(JsonValue document) {
    return switch (document) {
      case JsonObject object when !object.members().isEmpty() -> object(object);
      case JsonArray array when array.size() > 0 -> array(array);
      default -> values.next(random).value();
    };
  }

  /** The bytes with a few changed, lost, doubled or added. */
  byte[] bytes(byte[] body) {
    if (body.length == 0) {
      return texts.next(random).value().getBytes(StandardCharsets.UTF_8);
    }
    int at = random.nextInt(body.length);
    return switch (random.nextInt(4)) {
      case 0 -> Arrays.copyOf(body, at);
      case 1 -> {
        byte[] changed = body.clone();
        changed[at] = (byte) random.nextInt(256);
        yield changed;
      }
      case 2 -> {
        byte[] doubled = Arrays.copyOf(body, body.length * 2);
        System.arraycopy(body, 0, doubled, body.length, body.length);
        yield doubled;
      }
      default -> {
        byte[] longer = new byte[body.length + 1];
        System.arraycopy(body, 0, longer, 0, at);
        longer[at] = (byte) random.nextInt(256);
        System.arraycopy(body, at, longer, at + 1, body.length - at);
        yield longer;
      }
    };
  }

  String method() {
    return pick(METHODS);
  }

  String contentType() {
    return pick(TYPES);
  }

  String path(String path) {
    int at = random.nextInt(path.length() + 1);
    return path.substring(0, at) + pick(PATH_PARTS) + path.substring(at);
  }

  String headerName() {
    return pick(HEADER_NAMES);
  }

  /** A header value that HTTP can carry. */
  String headerValue() {
    return texts.next(random).value().replaceAll("[^\\x20-\\x7e]", "").strip();
  }

  /** The token with one character changed. */
  String token(String token) {
    int at = random.nextInt(token.length());
    return token.substring(0, at) + (char) ('A' + random.nextInt(26)) + token.substring(at + 1);
  }

  /** Whether a change of that likelihood, in percent, is due. */
  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private JsonValue object(JsonObject object) {
    String name = pick(List.copyOf(object.members().keySet()));
    Map<String, JsonValue> members = new LinkedHashMap<>(object.members());
    switch (random.nextInt(5)) {
      case 0 -> members.remove(name);
      case 1 -> members.put(texts.next(random).value(), values.next(random).value());
      case 2 -> members.put(name, values.next(random).value());
      default -> members.put(name, document(members.getOrDefault(name, JsonNull.NULL)));
    }
    return new JsonObject(members);
  }

  private JsonValue array(JsonArray array) {
    List<JsonValue> items = new ArrayList<>(array.items());
    int at = random.nextInt(items.size());
    switch (random.nextInt(4)) {
      case 0 -> items.remove(at);
      case 1 -> items.addAll(array.items());
      default -> items.set(at, document(items.get(at)));
    }
    return new JsonArray(items);
  }

  /** The document as bytes, now and then with a member twice. */
  byte[] write(JsonValue document) {
    String text = Json.text(document);
    if (chance(3) && text.length() > 2 && text.charAt(0) == '{') {
      text = text.substring(0, text.length() - 1) + "," + text.substring(1);
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
