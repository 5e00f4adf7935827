package io.sluice.backend.openai;

import java.util.Optional;

/** How kinds of OpenAI-compatible servers differ: URL, key and members (contract 7.2 and 8.1). */
enum Dialect {
  /** Any compatible server; gets a placeholder where the caller has no key. */
  CUSTOM("dummy_key"),
  /** A server that wants to be spoken to as OpenAI's own; without a key, no header is sent. */
  OPENAI(null),
  /** vLLM behind LiteLLM's name for it. */
  HOSTED_VLLM("fake-api-key"),
  /** Mistral's own API: a prefill is marked. */
  MISTRAL(null),
  /** Azure OpenAI: the deployment is part of the path, the key has a header of its own. */
  AZURE(null);

  private final @org.jspecify.annotations.Nullable String placeholder;

  Dialect(@org.jspecify.annotations.Nullable String placeholder) {
    this.placeholder = placeholder;
  }

  /** The dialect of an identifier's provider; empty for hosts of other protocols. */
  static Optional<Dialect> of(String provider) {
    return switch (provider) {
      case "openai" -> Optional.of(OPENAI);
      case "azure" -> Optional.of(AZURE);
      case "hosted_vllm" -> Optional.of(HOSTED_VLLM);
      case "mistral" -> Optional.of(MISTRAL);
      case "bedrock", "bedrock_converse", "sagemaker", "vertex_ai", "anthropic", "gemini" ->
          Optional.empty();
      default -> Optional.of(CUSTOM);
    };
  }

  /** What is sent as key where there is none; empty for no key at all. */
  Optional<String> placeholder() {
    return Optional.ofNullable(placeholder);
  }
}
