package io.sluice.stack.function;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;

/**
 * How an invocation failed. Immutable.
 *
 * @param type such as {@code Sandbox.Timedout}
 * @param payload the JSON object that its caller gets
 */
public record FunctionError(String type, String payload) {

  /** The failure with the object that Lambda makes up where the function told nothing. */
  static FunctionError of(String type, String message) {
    return new FunctionError(
        type,
        Json.text(
            JsonObject.builder().put("errorType", type).put("errorMessage", message).build()));
  }
}
