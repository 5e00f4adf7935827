package io.sluice.config.routing;

import io.sluice.config.Provider;
import java.util.Optional;
import java.util.Set;

/** The provider words of identifiers, which are LiteLLM's (contract 7.2). */
final class ProviderWords {

  /** Hosts with a protocol of their own, which no backend speaks. */
  private static final Set<String> FOREIGN =
      Set.of(
          "vertex_ai",
          "vertex_ai_beta",
          "gemini",
          "palm",
          "anthropic",
          "cohere",
          "cohere_chat",
          "replicate",
          "watsonx",
          "amazon_q");

  private ProviderWords() {}

  /** The kind of host; a word that nobody knows means an OpenAI-compatible one. */
  static Optional<Provider> provider(String word) {
    if (FOREIGN.contains(word)) {
      return Optional.empty();
    }
    return Optional.of(
        switch (word) {
          case "azure" -> Provider.AZURE;
          case "bedrock", "bedrock_converse" -> Provider.BEDROCK;
          case "sagemaker", "sagemaker_chat" -> Provider.SAGEMAKER;
          default -> Provider.OPENAI;
        });
  }
}
