package io.sluice.config.routing;

/**
 * A model's identifier, taken apart at its first slash (contract 7.2).
 *
 * @param provider the part before it
 * @param model the model's name on the wire
 */
record Identifier(String provider, String model) {

  /** The provider of identifiers that name none. */
  static final String DEFAULT_PROVIDER = "custom_openai";

  /** The provider word of identifiers that name a model row. */
  static final String ROW = "sluice";

  static Identifier of(String identifier) {
    int slash = identifier.indexOf('/');
    return slash < 0 || slash == identifier.length() - 1
        ? new Identifier(DEFAULT_PROVIDER, identifier)
        : new Identifier(identifier.substring(0, slash), identifier.substring(slash + 1));
  }
}
