package io.sluice.config;

import java.util.Map;

/** Prompt overrides, for the router's prompt registry. Thread-safe. */
@FunctionalInterface
public interface PromptRows {

  /** No overrides. */
  PromptRows NONE = Map::of;

  /**
   * The overrides as they stand now, by name: the prompt's id and family, such as {@code
   * review_merge_request/mistral}.
   */
  Map<String, PromptRow> live();
}
