package io.sluice.gitlab;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rails' reader of the chat's events (client 3.3): it glues the fragments of the body together and
 * takes what looks like {@code {...}} before a line break, as much of a line as it can. Bytes stand
 * for characters until a line is whole, since a fragment may end inside of one. For one thread.
 */
final class AgentEvents {

  private static final Pattern EVENT = Pattern.compile("\\{.*\\}\n");

  private final StringBuilder buffer = new StringBuilder();
  private final List<JsonObject> events = new ArrayList<>();

  void add(byte[] fragment) {
    buffer.append(new String(fragment, StandardCharsets.ISO_8859_1));
    Matcher matcher = EVENT.matcher(buffer);
    int read = 0;
    while (matcher.find()) {
      parse(matcher.group());
      read = matcher.end();
    }
    buffer.delete(0, read);
  }

  /** The events so far; what was no JSON is not there. */
  List<JsonObject> events() {
    return List.copyOf(events);
  }

  private void parse(String line) {
    try {
      byte[] utf8 = line.getBytes(StandardCharsets.ISO_8859_1);
      if (Json.read(utf8) instanceof JsonObject event) {
        events.add(event);
      }
    } catch (JsonSyntaxException e) {
      // Rails logs it and goes on
    }
  }
}
