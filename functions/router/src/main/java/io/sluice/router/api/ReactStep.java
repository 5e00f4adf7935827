package io.sluice.router.api;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of the agent that GitLab has carried out (contract 5.2).
 *
 * @param action what the model wanted, {@code null} where only an observation is told
 * @param observation what came of it
 */
public record ReactStep(@Nullable Action action, String observation) {

  private static final int UNLIMITED = Integer.MAX_VALUE;

  /**
   * A tool call; in thought and tool, an underscore that was escaped is one again.
   *
   * @param thought why
   * @param tool the tool's name
   * @param input what it was given
   */
  public record Action(String thought, String tool, String input) {

    private static Action read(Fields fields) {
      return new Action(
          plain(fields.requiredText("thought", UNLIMITED)),
          plain(fields.requiredText("tool", UNLIMITED)),
          fields.requiredText("tool_input", UNLIMITED));
    }

    private static String plain(String text) {
      return text.replace("\\_", "_");
    }
  }

  /** The member {@code agent_scratchpad} of a message. */
  static List<ReactStep> ofMessage(Fields message) {
    List<ReactStep> steps = new ArrayList<>();
    for (Fields step : message.objects("agent_scratchpad", 0, UNLIMITED)) {
      Fields action = step.object("action");
      if (action != null) {
        action.text("type", UNLIMITED);
      }
      String observation = step.text("observation", UNLIMITED);
      steps.add(
          new ReactStep(
              action == null ? null : Action.read(action), observation == null ? "" : observation));
    }
    return steps;
  }

  /** The steps of {@code options}, an older way of telling them; {@code null} without options. */
  static @Nullable List<ReactStep> ofOptions(Fields body) {
    Fields options = body.object("options");
    if (options == null) {
      return null;
    }
    Fields scratchpad = options.requiredObject("agent_scratchpad");
    scratchpad.requiredWord("agent_type", List.of("react"));
    scratchpad.require("steps");
    List<ReactStep> steps = new ArrayList<>();
    for (Fields step : scratchpad.objects("steps", 0, UNLIMITED)) {
      steps.add(new ReactStep(Action.read(step), step.requiredText("observation", UNLIMITED)));
    }
    return steps;
  }
}
