package io.sluice.publisher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The golden events of the repository. */
final class GoldenEvents {

  private GoldenEvents() {}

  static byte[] bytes(String name) {
    try {
      return Files.readAllBytes(Path.of("../../events", name));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> event(String name) {
    return new JsonMapper().readValue(bytes(name), Map.class);
  }
}
