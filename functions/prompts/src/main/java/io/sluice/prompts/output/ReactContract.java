package io.sluice.prompts.output;

import io.sluice.core.json.JsonObject;
import io.sluice.prompts.react.ReactOutput;
import io.sluice.prompts.react.ReactReader;

/** An agent's step: a wish for a tool, or the final answer, which is given on as it is made. */
final class ReactContract implements OutputContract {

  @Override
  public Verdict judge(String answer, JsonObject inputs) {
    ReactReader reader = new ReactReader();
    reader.push(answer);
    return reader.finish() instanceof ReactOutput.Unknown
        ? new Broken(answer, "there is neither a final answer nor an action with its input")
        : new Kept(answer);
  }

  @Override
  public boolean gathers() {
    return false;
  }
}
