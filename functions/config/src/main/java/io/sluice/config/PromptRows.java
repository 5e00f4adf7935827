package io.sluice.config;

import java.util.Optional;

/** Prompt overrides by name, for the router's prompt registry. Thread-safe. */
@FunctionalInterface
public interface PromptRows {

  /**
   * The override as it stands now.
   *
   * @param name the prompt's id and family: {@code review_merge_request/mistral}
   */
  Optional<PromptRow> find(String name);
}
