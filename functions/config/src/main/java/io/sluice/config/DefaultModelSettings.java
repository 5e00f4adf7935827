package io.sluice.config;

import io.sluice.outbound.EndpointAllowList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The model that answers while the table says nothing, from environment variables.
 *
 * <ul>
 *   <li>{@code SLUICE_MODEL_ENDPOINT}, {@code SLUICE_MODEL_NAME}: its server and its name there
 *   <li>{@code SLUICE_MODEL_PROVIDER}: {@code openai} (the default) or {@code azure}
 *   <li>{@code SLUICE_MODEL_FAMILY}: its family (contract 7.4), {@code general} by default
 *   <li>{@code SLUICE_MODEL_COMPLETION}: how it is asked to complete code, {@code chat} (the
 *       default) or {@code fim}
 *   <li>{@code SLUICE_MODEL_CONTEXT_TOKENS}, {@code SLUICE_MODEL_OUTPUT_TOKENS}: its limits; 32000,
 *       or the family's context where that is less, and 4096 by default
 *   <li>{@code SLUICE_MODEL_SECRET}: the name of the secret that holds its key; none by default
 * </ul>
 */
final class DefaultModelSettings {

  /** The row's name. */
  private static final String ROW = "default";

  private static final String ENDPOINT = "SLUICE_MODEL_ENDPOINT";
  private static final String NAME = "SLUICE_MODEL_NAME";
  private static final String PROVIDER = "SLUICE_MODEL_PROVIDER";
  private static final String FAMILY = "SLUICE_MODEL_FAMILY";
  private static final String COMPLETION = "SLUICE_MODEL_COMPLETION";
  private static final String CONTEXT_TOKENS = "SLUICE_MODEL_CONTEXT_TOKENS";
  private static final String OUTPUT_TOKENS = "SLUICE_MODEL_OUTPUT_TOKENS";
  private static final String SECRET = "SLUICE_MODEL_SECRET";

  private final Map<String, String> environment;

  private DefaultModelSettings(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * The model's row; {@code null} where no endpoint names one.
   *
   * @throws IllegalArgumentException if a variable is malformed; the message names it
   */
  static @Nullable ModelRow of(Map<String, String> environment) {
    return new DefaultModelSettings(environment).row();
  }

  private @Nullable ModelRow row() {
    String endpoint = value(ENDPOINT, "");
    String name = value(NAME, "");
    String secret = value(SECRET, "");
    Provider provider = provider();
    ModelFamily family = family();
    CompletionMode completion = completion();
    int contextTokens = number(CONTEXT_TOKENS, Math.min(32_000, family.contextTokens()));
    int outputTokens = number(OUTPUT_TOKENS, 4_096);
    if (endpoint.isEmpty() && name.isEmpty()) {
      return null;
    }
    if (endpoint.isEmpty()) {
      throw new IllegalArgumentException(ENDPOINT + " must say where the model of " + NAME + " is");
    }
    if (name.isEmpty()) {
      throw new IllegalArgumentException(NAME + " must name the model of " + ENDPOINT);
    }
    var _ = new EndpointAllowList(ENDPOINT, List.of(endpoint)); // names the variable if malformed
    return new ModelRow(
        ROW,
        provider,
        family,
        name,
        endpoint,
        null,
        completion,
        secret.isEmpty() ? null : secret,
        contextTokens,
        outputTokens,
        EnumSet.of(Ability.STREAM, Ability.SYSTEM, Ability.STOP),
        Set.of());
  }

  private String value(String variable, String otherwise) {
    String value = environment.getOrDefault(variable, "").strip();
    return value.isEmpty() ? otherwise : value;
  }

  private Provider provider() {
    return switch (value(PROVIDER, "openai")) {
      case "openai" -> Provider.OPENAI;
      case "azure" -> Provider.AZURE;
      default -> throw new IllegalArgumentException(PROVIDER + " must be openai or azure");
    };
  }

  private ModelFamily family() {
    return ModelFamily.named(value(FAMILY, "general"))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    FAMILY
                        + " must be one of "
                        + Arrays.stream(ModelFamily.values())
                            .map(ModelFamily::wire)
                            .collect(Collectors.joining(", "))));
  }

  private CompletionMode completion() {
    return switch (value(COMPLETION, "chat")) {
      case "chat" -> CompletionMode.CHAT;
      case "fim" -> CompletionMode.FIM;
      default -> throw new IllegalArgumentException(COMPLETION + " must be chat or fim");
    };
  }

  private int number(String variable, int otherwise) {
    String text = value(variable, "");
    try {
      int value = text.isEmpty() ? otherwise : Integer.parseInt(text);
      if (value > 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(variable + " must be a whole number", e);
    }
    throw new IllegalArgumentException(variable + " must be more than 0");
  }
}
