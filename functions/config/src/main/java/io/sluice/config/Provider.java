package io.sluice.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The kind of host that serves a model. */
public enum Provider {
  OPENAI,
  AZURE,
  BEDROCK,
  SAGEMAKER;

  /** The kinds of host that this version has backends for. */
  public static Set<Provider> served() {
    return Set.of(OPENAI, AZURE);
  }

  /** The provider as rows write it. */
  public static Optional<Provider> named(String name) {
    return Arrays.stream(values()).filter(provider -> provider.wire().equals(name)).findFirst();
  }

  /** The name as rows write it. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether models are named by an endpoint, not by an identifier in a region. */
  public boolean hasEndpoint() {
    return this == OPENAI || this == AZURE;
  }
}
