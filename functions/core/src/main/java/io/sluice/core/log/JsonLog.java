package io.sluice.core.log;

import io.sluice.core.json.JsonObject;

/**
 * Where log lines go: one JSON object a line. Thread-safe, never throws, never blocks for long.
 * Callers pass only fields that are named in the code: no header, body or secret as a whole.
 */
@FunctionalInterface
public interface JsonLog {

  /** Severity of a line. */
  enum Level {
    DEBUG,
    INFO,
    WARNING,
    ERROR
  }

  /**
   * Writes a line.
   *
   * @param level its severity
   * @param logger which part of the product speaks, such as {@code api.access}
   * @param message one short sentence without values of the request
   * @param fields further members
   */
  void line(Level level, String logger, String message, JsonObject fields);
}
