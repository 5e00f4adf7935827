package io.sluice.gitlab;

/** A tool that the chat's agent may call; GitLab runs it. */
@FunctionalInterface
public interface ChatTool {

  /**
   * What the tool found, for the agent.
   *
   * @throws DuoException if the chat must end
   */
  String observe(String input) throws DuoException;
}
