package io.sluice.config.snapshot;

import io.sluice.config.row.RowDocument;
import io.sluice.config.row.RowKey;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonNumber;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * The one JSON text of a set of rows: rows ordered by key, members by name, numbers in their
 * shortest spelling, a prompt's template replaced by its digest.
 */
final class CanonicalRows {

  static final String TEMPLATE = "template";
  static final String TEMPLATE_SHA256 = "template_sha256";

  private static final int LONGEST_WHOLE_NUMBER = 18;

  private CanonicalRows() {}

  static JsonArray json(Collection<RowDocument> documents) {
    Map<RowKey, JsonValue> rows = new TreeMap<>();
    documents.forEach(
        document -> rows.put(document.key(), canonical(withoutTemplate(document).fields())));
    return new JsonArray(List.copyOf(rows.values()));
  }

  static String sha256(Collection<RowDocument> documents) {
    return sha256(Json.write(json(documents)));
  }

  static String sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static RowDocument withoutTemplate(RowDocument document) {
    String template = document.fields().text(TEMPLATE);
    if (!document.key().kind().equals(RowKey.PROMPT) || template == null) {
      return document;
    }
    Map<String, JsonValue> members = new LinkedHashMap<>(document.fields().members());
    members.remove(TEMPLATE);
    members.put(TEMPLATE_SHA256, JsonValue.of(sha256(template)));
    return new RowDocument(document.key(), new JsonObject(members));
  }

  private static JsonValue canonical(JsonValue value) {
    return switch (value) {
      case JsonObject object -> {
        Map<String, JsonValue> members = new TreeMap<>();
        object.members().forEach((name, member) -> members.put(name, canonical(member)));
        yield new JsonObject(members);
      }
      case JsonArray array ->
          new JsonArray(
              StreamSupport.stream(array.spliterator(), false)
                  .map(CanonicalRows::canonical)
                  .toList());
      case JsonNumber number -> new JsonNumber(shortest(number));
      default -> value;
    };
  }

  private static String shortest(JsonNumber number) {
    BigDecimal value = number.decimalValue().stripTrailingZeros();
    // Whole numbers as their readers expect them; a huge exponent is never spelt out.
    return value.scale() < 0 && value.precision() - value.scale() <= LONGEST_WHOLE_NUMBER
        ? value.toPlainString()
        : value.toString();
  }
}
