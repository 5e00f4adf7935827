package io.sluice.config;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLog;
import java.util.ArrayList;
import java.util.List;

/** A log that keeps its lines. */
public final class LogLines implements JsonLog {

  private final List<String> lines = new ArrayList<>();

  @Override
  public synchronized void line(Level level, String logger, String message, JsonObject fields) {
    lines.add(level + " " + message + " " + Json.text(fields));
  }

  /** The lines since the last call. */
  public synchronized List<String> drain() {
    List<String> drained = List.copyOf(lines);
    lines.clear();
    return drained;
  }
}
