package io.sluice.config;

/** How code completion is asked of a model. */
public enum CompletionMode {
  /** As a chat, control tokens inside the user message (contract 3.7). */
  CHAT,
  /** As a text to be continued. */
  FIM
}
