package io.sluice.prompts.output;

import io.sluice.core.json.JsonObject;

/** Text for people: any is right, and it is given on as it is made. */
final class ProseContract implements OutputContract {

  @Override
  public Verdict judge(String answer, JsonObject inputs) {
    return new Kept(answer);
  }

  @Override
  public boolean gathers() {
    return false;
  }
}
