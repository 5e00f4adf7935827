package io.sluice.gitlab;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;

/** The language server's reader of server-sent events (client 3.2): {@code event:} comes first. */
final class SuggestionEvents {

  private SuggestionEvents() {}

  /**
   * The text of a complete stream.
   *
   * @throws DuoException if the stream has no start, no end, or an error
   */
  static String text(Reply reply) throws DuoException {
    StringBuilder text = new StringBuilder();
    boolean started = false;
    boolean ended = false;
    String event = "";
    for (String line : reply.body().split("\r\n|\n", -1)) {
      if (line.startsWith("event:")) {
        event = line.substring("event:".length()).strip();
      } else if (line.startsWith("data:")) {
        String data = line.substring("data:".length()).strip();
        switch (event) {
          case "stream_start" -> started = true;
          case "content_chunk" -> text.append(content(data));
          case "stream_end" -> ended = true;
          default -> throw new DuoException(event, reply.status(), data);
        }
      }
    }
    if (!started || !ended) {
      throw new DuoException("cut off", reply.status(), "no stream_start or no stream_end");
    }
    return text.toString();
  }

  private static String content(String data) throws DuoException {
    try {
      JsonArray choices =
          Json.read(data) instanceof JsonObject chunk ? chunk.array("choices") : null;
      JsonObject delta =
          choices != null && choices.size() > 0 && choices.get(0) instanceof JsonObject choice
              ? choice.object("delta")
              : null;
      if (delta != null) {
        return delta.text("content", "");
      }
    } catch (JsonSyntaxException e) {
      // said below
    }
    throw new DuoException("malformed event", 200, data);
  }
}
