package io.sluice.config;

/** What a model can do. */
public enum Ability {
  STREAM,
  SYSTEM,
  STOP,
  PREFILL,
  TOOLS,
  JSON_SCHEMA,
  REASONING,
  EMBEDDINGS
}
