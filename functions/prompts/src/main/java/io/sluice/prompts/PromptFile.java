package io.sluice.prompts;

import com.samskivert.mustache.MustacheException;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.json.JsonValue;
import io.sluice.core.model.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A prompt file as it is written: a JSON header, then messages, each below a line such as {@code
 * --- system}, and complete answers below {@code --- example}, {@code --- example NAME} and so on,
 * which templates include as {@code {{>example}}} and {@code {{>example NAME}}}. One line break at
 * a part's end belongs to the file, not to the part.
 *
 * @param header the header as it stands
 * @param messages the templates, in order; empty where another file's are used
 * @param examples the answers by name; those of the file below stay unless replaced
 */
record PromptFile(
    PromptPath path, JsonObject header, List<Written> messages, Map<String, String> examples) {

  /**
   * A message as the file has it.
   *
   * @param line the file's line in which the template begins, counted from 1
   */
  record Written(Message.Role role, String template, int line) {

    /** The same, with that last line if it is the system's. */
    private Written ending(String last) {
      return role == Message.Role.SYSTEM ? new Written(role, template + "\n" + last, line) : this;
    }
  }

  private static final String SYSTEM_ENDING = "system_ending";

  private static final Pattern DELIMITER =
      Pattern.compile("(?m)^--- (system|user|assistant|example(?: [a-z_]+)?)\n");

  private static final String EXAMPLE = "example";

  PromptFile {
    messages = List.copyOf(messages);
    examples = Map.copyOf(examples);
  }

  /**
   * Reads a file.
   *
   * @throws MalformedPromptException if it has another form
   */
  static PromptFile parse(PromptPath path, String text) {
    return parse(path, text, false);
  }

  private static PromptFile parse(PromptPath path, String text, boolean headless) {
    Matcher matcher = DELIMITER.matcher(text);
    List<Written> messages = new ArrayList<>();
    Map<String, String> examples = new LinkedHashMap<>();
    boolean found = matcher.find();
    String header = found ? text.substring(0, matcher.start()) : text;
    while (found) {
      String name = matcher.group(1);
      int start = matcher.end();
      found = matcher.find();
      String template = text.substring(start, found ? matcher.start() : text.length());
      String part = withoutFinalBreak(template);
      if (name.startsWith(EXAMPLE)) {
        examples.put(name, part);
      } else {
        int line = 1 + (int) text.substring(0, start).chars().filter(c -> c == '\n').count();
        messages.add(new Written(Message.Role.valueOf(name.toUpperCase(Locale.ROOT)), part, line));
      }
    }
    try {
      if (Json.read(headless ? "{}" : header) instanceof JsonObject object) {
        return new PromptFile(path, object, messages, examples);
      }
      throw new MalformedPromptException(path.toString(), "the header is no JSON object");
    } catch (JsonSyntaxException e) {
      throw new MalformedPromptException(path.toString(), "the header is " + e.getMessage());
    }
  }

  /**
   * Reads an administrator's override, whose header may be missing.
   *
   * @throws MalformedPromptException if it has another form
   */
  static PromptFile parseRow(PromptPath path, String text) {
    String lines = text.replace("\r\n", "\n");
    return parse(path, lines, lines.startsWith("--- "));
  }

  /**
   * This file on the ground of another one: what isn't said here is said there. A {@code
   * system_ending} of this file becomes the last line of the other's system message.
   */
  PromptFile on(PromptFile other) {
    Map<String, JsonValue> members = new LinkedHashMap<>(other.header.members());
    members.putAll(header.members());
    String ending = header.text(SYSTEM_ENDING);
    List<Written> inherited =
        ending == null
            ? other.messages
            : other.messages.stream().map(message -> message.ending(ending)).toList();
    Map<String, String> answers = new LinkedHashMap<>(other.examples);
    answers.putAll(examples);
    return new PromptFile(
        path, new JsonObject(members), messages.isEmpty() ? inherited : messages, answers);
  }

  /**
   * The prompt that the file describes.
   *
   * @throws MalformedPromptException if the header or a template is wrong
   */
  Prompt compile() {
    if (messages.isEmpty()) {
      throw new MalformedPromptException(path.toString(), "there is no message");
    }
    try {
      return new Prompt(
          path,
          PromptHeader.of(header),
          messages.stream()
              .map(m -> new Prompt.Section(m.role(), new PromptTemplate(m.template(), examples)))
              .toList(),
          examples);
    } catch (IllegalArgumentException | MustacheException e) {
      throw new MalformedPromptException(path.toString(), String.valueOf(e.getMessage()));
    }
  }

  private static String withoutFinalBreak(String text) {
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
