package io.sluice.config;

import io.sluice.core.model.Sampling;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The model families that GitLab names (contract 7.4): they choose prompts, FIM tokens and quirks.
 *
 * <p>Contexts are those of the contract, but never more than 32,000 tokens where a family's name
 * doesn't say which model it is, or its servers are often run with less than the model has: a
 * longer input would be refused as a whole there, and is cut to fit here. A row's {@code
 * context_tokens} says it exactly.
 */
public enum ModelFamily {
  MISTRAL(32_000, 0.0, 4096, "mistral"),
  MIXTRAL(32_000, 0.0, 4096, "mixtral", "mistral"),
  CODESTRAL(32_000, 0.0, 4096, "codestral", "mistral"),
  LLAMA3(32_000, 0.0, 4096, "llama3"),
  CODELLAMA(16_000, 0.0, 4096, "codellama"),
  GPT(128_000, null, null, "gpt"),
  CODEGEMMA(8_000, 0.0, 4096, "codegemma"),
  DEEPSEEKCODER(16_000, 0.0, 4096, "deepseekcoder"),
  CLAUDE_3(200_000, 0.0, 4096, "claude_3"),
  GENERAL(32_000, 0.0, 4096),
  GEMINI(1_000_000, 1.0, 65_536, "gemini"),
  QWEN(32_000, 0.0, 8192, "qwen"),
  EMBEDDING(200_000, null, null, "embedding");

  private final int contextTokens;
  private final Sampling sampling;
  private final List<String> promptFolders;

  ModelFamily(
      int contextTokens,
      @Nullable Double temperature,
      @Nullable Integer maxTokens,
      String... promptFolders) {
    this.contextTokens = contextTokens;
    this.sampling = new Sampling(temperature, null, maxTokens, List.of());
    this.promptFolders = List.of(promptFolders);
  }

  /** The family of that name as GitLab writes it, such as {@code claude_3}. */
  public static Optional<ModelFamily> named(String name) {
    return Arrays.stream(values()).filter(family -> family.wire().equals(name)).findFirst();
  }

  /** The names of all families that answer text, for messages. */
  public static List<String> chatNames() {
    return Arrays.stream(values()).filter(f -> f != EMBEDDING).map(ModelFamily::wire).toList();
  }

  /** The name as GitLab writes it. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The context to reckon with, in tokens, where no row says what a model has. */
  public int contextTokens() {
    return contextTokens;
  }

  /** What applies where neither prompt nor row says otherwise. */
  public Sampling sampling() {
    return sampling;
  }

  /** Where to look for a prompt of this family, in order; {@code base} comes after them. */
  public List<String> promptFolders() {
    return promptFolders;
  }

  /** Whether answers start with a reasoning block that must be taken off. */
  public boolean stripsReasoning() {
    return this == QWEN;
  }
}
