package io.sluice.core.json;

/** The JSON {@code null}. */
public enum JsonNull implements JsonValue {
  NULL
}
