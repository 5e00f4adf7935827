package io.sluice.bench;

import io.sluice.core.http.Headers;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What comes in from outside, as files in {@code events} of the project's folder. */
final class GoldenEvents {

  private static final Path EVENTS = Path.of("events");

  /** A checkout's documentation. */
  static final Path DOCUMENTATION = EVENTS.resolve("docs");

  private GoldenEvents() {}

  static byte[] read(String name) {
    try {
      return Files.readAllBytes(EVENTS.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException("no golden event " + name, e);
    }
  }

  static List<byte[]> all(String... names) {
    List<byte[]> events = new ArrayList<>();
    for (String name : names) {
      events.add(read(name));
    }
    return events;
  }

  static String text(String name) {
    return new String(read(name), StandardCharsets.UTF_8);
  }

  /** An event of API Gateway with other headers. */
  static byte[] withHeaders(String name, Headers headers) {
    try {
      JsonObject event = (JsonObject) Json.read(read(name));
      Map<String, List<String>> values = new LinkedHashMap<>();
      headers.forEach(
          (header, value) -> values.computeIfAbsent(header, h -> new ArrayList<>()).add(value));
      JsonObject.Builder all = JsonObject.builder();
      JsonObject.Builder last = JsonObject.builder();
      values.forEach(
          (header, list) -> {
            all.put(header, JsonArray.of(list));
            last.put(header, list.getLast());
          });
      return Json.write(
          JsonObject.builder()
              .putAll(event)
              .put("headers", last.build())
              .put("multiValueHeaders", all.build())
              .build());
    } catch (JsonSyntaxException e) {
      throw new IllegalStateException(name + " is not JSON", e);
    }
  }
}
