package io.sluice.gitlab;

import io.sluice.core.json.JsonObject;

/** A tool that was called, and what it found. */
public record ChatStep(String thought, String tool, String input, String observation) {

  /** The step as the scratchpad carries it. */
  JsonObject json() {
    JsonObject action =
        JsonObject.builder()
            .put("thought", thought)
            .put("tool", tool)
            .put("tool_input", input)
            .build();
    return JsonObject.builder().put("action", action).put("observation", observation).build();
  }
}
