package io.sluice.bench;

import io.sluice.testing.RuntimeApiAnswer;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A packaged function, its configuration, and the golden events that it is trained and measured
 * with. Immutable.
 *
 * @param function the module's name
 * @param environment its configuration
 * @param events events of its work, newly made; the first is the one that is measured
 * @param expected what the answer to the first event holds
 */
record FunctionScenario(
    String function,
    Map<String, String> environment,
    Supplier<List<byte[]>> events,
    List<String> expected) {

  FunctionScenario {
    environment = Map.copyOf(environment);
    expected = List.copyOf(expected);
  }

  /** The same with another variable. */
  FunctionScenario with(String variable, String value) {
    Map<String, String> changed = new java.util.HashMap<>(environment);
    changed.put(variable, value);
    return new FunctionScenario(function, changed, events, expected);
  }

  /** Fails when the answer to the first event is not the expected one. */
  void check(RuntimeApiAnswer answer) {
    for (String part : expected) {
      if (!answer.text().contains(part) || !answer.trailers().isEmpty()) {
        throw new IllegalStateException(
            "%s answered wrongly (no %s): %s%s%s"
                .formatted(function, part, answer.head(), answer.text(), answer.trailers()));
      }
    }
  }
}
