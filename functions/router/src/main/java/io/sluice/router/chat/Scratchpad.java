package io.sluice.router.chat;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import io.sluice.prompts.Cut;
import io.sluice.prompts.TokenEstimate;
import io.sluice.router.api.ReactStep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The agent's steps as a prompt takes them. */
public final class Scratchpad {

  /** What an observation is at least worth: with less room it is left out. */
  private static final int LEAST = 64;

  /** Longer observations, and those of several lines, get a tag of their own. */
  private static final int ONE_LINE = 200;

  private static final String LEFT_OUT = "[left out: there was no room for it]";

  private Scratchpad() {}

  /** The steps in about that many tokens: the newest observations first, the last one longest. */
  public static JsonArray of(List<ReactStep> steps, int tokens) {
    List<JsonValue> written = new ArrayList<>(steps.size());
    int left = tokens;
    for (int i = steps.size() - 1; i >= 0; i--) {
      ReactStep step = steps.get(i);
      JsonObject.Builder members = JsonObject.builder();
      ReactStep.Action action = step.action();
      if (action != null) {
        members
            .put("thought", action.thought().strip())
            .put("tool", action.tool())
            .put("tool_input", action.input());
        left -= TokenEstimate.of(action.thought()) + TokenEstimate.of(action.input());
      }
      String observation = observation(step.observation(), left);
      left -= TokenEstimate.of(observation);
      boolean line = observation.length() <= ONE_LINE && observation.indexOf('\n') < 0;
      written.add(
          members
              .put("observation", line ? observation : "")
              .put("long_observation", line ? "" : observation)
              .build());
    }
    Collections.reverse(written);
    return new JsonArray(written);
  }

  /** What tools returned for an answer that was given: a line each, of at most so many tokens. */
  public static String observations(List<ReactStep> steps, int tokens) {
    StringBuilder lines = new StringBuilder();
    for (ReactStep step : steps) {
      lines.append("Observation: ").append(observation(step.observation(), tokens)).append('\n');
    }
    return lines.toString();
  }

  private static String observation(String text, int room) {
    String harmless = ReactLabels.broken(text.strip());
    if (TokenEstimate.of(harmless) <= room) {
      return harmless;
    }
    return room < LEAST ? LEFT_OUT : Cut.END.apply(harmless, room);
  }
}
