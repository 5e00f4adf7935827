package io.sluice.config;

/** A row of the routing table. Immutable. */
public sealed interface Row permits ModelRow, FeatureRow, ScopeRow, PromptRow, SettingsRow {

  /** The row's name, unique within its kind. */
  String name();
}
