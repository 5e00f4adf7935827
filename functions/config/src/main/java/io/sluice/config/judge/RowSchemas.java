package io.sluice.config.judge;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.sluice.config.row.Problem;
import io.sluice.config.row.RowKey;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON Schemas of rows, which are published under {@code docs/schema}. Thread-safe. Loads a
 * validator with its reflection: request-path functions read snapshots and never load this class.
 */
public final class RowSchemas {

  /** Every kind of row. */
  static final List<String> KINDS =
      List.of(RowKey.MODEL, RowKey.FEATURE, RowKey.SCOPE, RowKey.PROMPT, RowKey.SETTINGS);

  private static final String BASE = "https://sluice.example/schema/";
  private static final String COMMON = "common";

  private final Map<String, Schema> schemas = new HashMap<>();
  private final SchemaProblems problems;

  /** The schemas that this module carries. */
  public RowSchemas() {
    Map<String, String> texts = new HashMap<>();
    Map<String, JsonObject> documents = new HashMap<>();
    for (String name : List.of("model", "feature", "scope", "prompt", "settings", COMMON)) {
      String text = resource(name + ".json");
      texts.put(BASE + name + ".json", text);
      documents.put(BASE + name + ".json", parsed(text));
    }
    SchemaRegistry registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(texts));
    for (String kind : KINDS) {
      schemas.put(kind, registry.getSchema(SchemaLocation.of(BASE + kind + ".json")));
    }
    problems = new SchemaProblems(documents);
  }

  /**
   * What the schema of the kind says against a row.
   *
   * @throws IllegalArgumentException if there is no such kind
   */
  List<Problem> problems(String kind, JsonObject fields) {
    Schema schema = schemas.get(kind);
    if (schema == null) {
      throw new IllegalArgumentException("no such kind of row");
    }
    return schema.validate(Json.text(fields), InputFormat.JSON).stream()
        .map(problems::of)
        .distinct()
        .toList();
  }

  private static JsonObject parsed(String text) {
    try {
      return (JsonObject) Json.read(text);
    } catch (JsonSyntaxException e) {
      throw new IllegalStateException("a schema of this module is malformed", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = RowSchemas.class.getResourceAsStream("schema/" + name)) {
      if (in == null) {
        throw new IllegalStateException("this module lacks its schema " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
