package io.sluice.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Strict JSON: one document of UTF-8, no duplicate members, at most {@value #MAX_DEPTH} levels.
 * Thread-safe; uses no reflection.
 */
public final class Json {

  /** The deepest nesting that is read, in levels. */
  public static final int MAX_DEPTH = 64;

  /**
   * The most tokens that {@link #readLimited} reads: names, values, and both brackets of objects
   * and arrays. As a tree a token takes up to 100 bytes, fifty times its text.
   */
  public static final int MAX_TOKENS = 300_000;

  private static final StreamReadConstraints CONSTRAINTS =
      StreamReadConstraints.builder()
          .maxNestingDepth(MAX_DEPTH)
          .maxStringLength(16 * 1024 * 1024)
          .maxNameLength(65_536)
          .maxNumberLength(1_000)
          .build();
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .streamReadConstraints(CONSTRAINTS)
          .build();
  private static final JsonFactory LIMITED_FACTORY =
      FACTORY
          .rebuild()
          .streamReadConstraints(CONSTRAINTS.rebuild().maxTokenCount(MAX_TOKENS).build())
          .build();
  private static final JsonFactory ASCII_FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private Json() {}

  /**
   * Reads a document.
   *
   * @throws JsonSyntaxException if the bytes are not exactly one such document
   */
  public static JsonValue read(byte[] utf8) throws JsonSyntaxException {
    return read(decode(utf8));
  }

  /**
   * Reads a stranger's document, which must not have more than {@value #MAX_TOKENS} tokens: a few
   * megabytes of brackets would fill the heap.
   *
   * @throws JsonSyntaxException if the bytes are not exactly one such document
   */
  public static JsonValue readLimited(byte[] utf8) throws JsonSyntaxException {
    return read(LIMITED_FACTORY, decode(utf8));
  }

  /**
   * Reads a document.
   *
   * @throws JsonSyntaxException if the text is not exactly one such document
   */
  public static JsonValue read(String text) throws JsonSyntaxException {
    return read(FACTORY, text);
  }

  private static JsonValue read(JsonFactory factory, String text) throws JsonSyntaxException {
    try (JsonParser parser = factory.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new JsonSyntaxException("the document is empty");
      }
      JsonValue value = value(parser, first);
      if (parser.nextToken() != null) {
        throw new JsonSyntaxException("text follows the document");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new JsonSyntaxException(describe(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a String has no I/O
    }
  }

  /** The document as UTF-8 on one line. */
  public static byte[] write(JsonValue value) {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(512)) {
      try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
        write(generator, value);
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // an array has no I/O
    }
  }

  /** The document as text on one line. */
  public static String text(JsonValue value) {
    return text(FACTORY, value);
  }

  /** The document on one line of ASCII: control and line-breaking characters are escaped. */
  public static String asciiLine(JsonValue value) {
    return text(ASCII_FACTORY, value).replace("\u007f", "\\u007f");
  }

  private static String text(JsonFactory factory, JsonValue value) {
    StringWriter text = new StringWriter(256);
    try (JsonGenerator generator = factory.createGenerator(text)) {
      write(generator, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a String has no I/O
    }
    return text.toString();
  }

  private static String decode(byte[] utf8) throws JsonSyntaxException {
    String text = new String(utf8, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') < 0) {
      return text;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new JsonSyntaxException("the document is not UTF-8");
    }
  }

  private static String describe(JsonProcessingException e) {
    var place = e.getLocation();
    String message = e.getOriginalMessage() == null ? "" : e.getOriginalMessage();
    String what =
        message.startsWith("Duplicate field")
            ? "a member occurs twice"
            : message.startsWith("Token count")
                ? "a document of more than %d tokens".formatted(MAX_TOKENS)
                : "not acceptable JSON";
    return place == null
        ? what
        : what + " at line " + place.getLineNr() + ", column " + place.getColumnNr();
  }

  private static JsonValue value(JsonParser parser, JsonToken token)
      throws IOException, JsonSyntaxException {
    return switch (token) {
      case START_OBJECT -> {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
          members.put(name, value(parser, parser.nextToken()));
        }
        yield JsonObject.over(members);
      }
      case START_ARRAY -> {
        List<JsonValue> items = new ArrayList<>();
        for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
          items.add(value(parser, t));
        }
        yield new JsonArray(items);
      }
      case VALUE_STRING -> new JsonString(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getText());
      case VALUE_TRUE -> new JsonBoolean(true);
      case VALUE_FALSE -> new JsonBoolean(false);
      case VALUE_NULL -> JsonNull.NULL;
      case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new JsonSyntaxException("not acceptable JSON");
    };
  }

  private static void write(JsonGenerator generator, JsonValue value) throws IOException {
    switch (value) {
      case JsonObject object -> {
        generator.writeStartObject();
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
          generator.writeFieldName(wellFormed(member.getKey()));
          write(generator, member.getValue());
        }
        generator.writeEndObject();
      }
      case JsonArray array -> {
        generator.writeStartArray();
        for (JsonValue item : array) {
          write(generator, item);
        }
        generator.writeEndArray();
      }
      case JsonString string -> generator.writeString(wellFormed(string.value()));
      case JsonNumber number -> generator.writeNumber(number.text());
      case JsonBoolean flag -> generator.writeBoolean(flag.value());
      case JsonNull ignored -> generator.writeNull();
    }
  }

  /** Lone surrogates have no UTF-8 form: they become U+FFFD. */
  private static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          i++;
        } else {
          return new String(text.getBytes(StandardCharsets.UTF_16), StandardCharsets.UTF_16);
        }
      }
    }
    return text;
  }
}
