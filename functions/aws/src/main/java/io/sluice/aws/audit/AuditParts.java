package io.sluice.aws.audit;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * An audit record cut into what one message carries: {@code {"format":1,"id":ID,"part":1,
 * "parts":N,"text":SLICE}}. The slices in order of their parts are the record's JSON text. Pure
 * functions.
 */
final class AuditParts {

  /** The most bytes of a message: SQS takes 1 MiB, consumers with 256 KiB exist (issue 4). */
  static final int MAX_BYTES = 200 * 1024;

  /** What is around a slice, with room for nine digits of parts and half a character. */
  private static final int ENVELOPE = 160;

  private static final int FORMAT = 1;

  private AuditParts() {}

  /** The messages of a record, at least one; each is ASCII as {@link Json#asciiLine} writes it. */
  static List<JsonObject> of(String id, JsonObject record) {
    List<String> slices = slices(Json.text(record));
    List<JsonObject> parts = new ArrayList<>(slices.size());
    for (String slice : slices) {
      parts.add(
          JsonObject.builder()
              .put("format", FORMAT)
              .put("id", id)
              .put("part", parts.size() + 1)
              .put("parts", slices.size())
              .put("text", slice)
              .build());
    }
    return parts;
  }

  private static List<String> slices(String text) {
    List<String> slices = new ArrayList<>();
    int start = 0;
    int bytes = ENVELOPE;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int next = written(c);
      if (bytes + next > MAX_BYTES && !Character.isLowSurrogate(c)) {
        slices.add(text.substring(start, i));
        start = i;
        bytes = ENVELOPE;
      }
      bytes += next;
    }
    slices.add(text.substring(start));
    return slices;
  }

  /** The most bytes that the character takes in an ASCII JSON text. */
  private static int written(char c) {
    if (c == '"' || c == '\\') {
      return 2;
    }
    return c < 0x20 || c > 0x7e ? 6 : 1;
  }
}
