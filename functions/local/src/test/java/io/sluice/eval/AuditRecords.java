package io.sluice.eval;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The closing audit records of a gateway, by the id of the request. Immutable. */
final class AuditRecords {

  private final Map<String, JsonObject> closing;

  private AuditRecords(Map<String, JsonObject> closing) {
    this.closing = Map.copyOf(closing);
  }

  /** Reads the file of a gateway that has ended. */
  static AuditRecords read(Path file) throws IOException {
    Map<String, JsonObject> closing = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      try {
        if (Json.read(line) instanceof JsonObject record
            && record.text("record", "").equals("closing")) {
          closing.put(record.text("correlation_id", ""), record);
        }
      } catch (JsonSyntaxException e) {
        throw new IOException(file + ": " + e.getMessage(), e);
      }
    }
    return new AuditRecords(closing);
  }

  /** The record of that request, without members if there is none. */
  JsonObject of(String correlationId) {
    return closing.getOrDefault(correlationId, JsonObject.EMPTY);
  }

  /** The tokens of that request's model calls, of one kind. */
  long tokens(String correlationId, String kind) {
    JsonObject tokens = of(correlationId).object("tokens");
    return tokens == null ? 0 : Objects.requireNonNullElse(tokens.number(kind), 0L);
  }
}
