package io.sluice.authorizer;

import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A log that a test reads. Thread-safe. */
final class RecordedLog implements JsonLog {

  private final List<String> lines = new CopyOnWriteArrayList<>();

  @Override
  public void line(Level level, String logger, String message, JsonObject fields) {
    lines.add(level + " " + logger + " " + message + " " + fields);
  }

  List<String> lines() {
    return lines;
  }
}
