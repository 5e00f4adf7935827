package io.sluice.gateway;

import io.sluice.config.Ability;
import io.sluice.config.CompletionMode;
import io.sluice.config.ModelFamily;
import io.sluice.config.ModelRow;
import io.sluice.config.Provider;
import io.sluice.outbound.EndpointAllowList;
import io.sluice.outbound.TrustedAuthorities;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's settings, from environment variables. They are trust roots: deployment sets them,
 * rows can't.
 *
 * <ul>
 *   <li>{@code SLUICE_ALLOW_ENDPOINTS}: the endpoints that rows and GitLab's own metadata may name,
 *       with blanks between them; none by default
 *   <li>{@code SLUICE_MODEL_ENDPOINT}, {@code SLUICE_MODEL_NAME}: the default model, on an
 *       OpenAI-compatible server; its endpoint is allowed to it, not to metadata
 *   <li>{@code SLUICE_MODEL_FAMILY}: its family (contract 7.4), {@code general} by default
 *   <li>{@code SLUICE_MODEL_COMPLETION}: how it is asked to complete code, {@code chat} or {@code
 *       fim}; {@code chat} by default
 *   <li>{@code SLUICE_MODEL_CONTEXT_TOKENS}, {@code SLUICE_MODEL_OUTPUT_TOKENS}: its limits; 32000
 *       and 4096 by default
 *   <li>{@code SLUICE_CA_BUNDLE}: a file of PEM certificates to trust beside the platform's
 * </ul>
 *
 * @param rowEndpoints what rows and the default model may name
 * @param metadataEndpoints what GitLab's metadata may name
 * @param defaultModel who answers while the table says nothing, {@code null} for nobody
 * @param authorities who certifies model servers
 */
record GatewaySettings(
    EndpointAllowList rowEndpoints,
    EndpointAllowList metadataEndpoints,
    @Nullable ModelRow defaultModel,
    TrustedAuthorities authorities) {

  private static final String ALLOW_ENDPOINTS = "SLUICE_ALLOW_ENDPOINTS";
  private static final String MODEL_ENDPOINT = "SLUICE_MODEL_ENDPOINT";
  private static final String MODEL_NAME = "SLUICE_MODEL_NAME";
  private static final String MODEL_FAMILY = "SLUICE_MODEL_FAMILY";
  private static final String MODEL_COMPLETION = "SLUICE_MODEL_COMPLETION";
  private static final String CONTEXT_TOKENS = "SLUICE_MODEL_CONTEXT_TOKENS";
  private static final String OUTPUT_TOKENS = "SLUICE_MODEL_OUTPUT_TOKENS";
  private static final String CA_BUNDLE = "SLUICE_CA_BUNDLE";

  /**
   * The settings of those variables.
   *
   * @throws IllegalArgumentException if one is malformed; the message names it
   */
  static GatewaySettings of(Map<String, String> environment) {
    List<String> allowed =
        Arrays.stream(environment.getOrDefault(ALLOW_ENDPOINTS, "").split("[\\s,]+", -1))
            .filter(url -> !url.isEmpty())
            .toList();
    String endpoint = environment.getOrDefault(MODEL_ENDPOINT, "");
    EndpointAllowList metadata = new EndpointAllowList(ALLOW_ENDPOINTS, allowed);
    if (endpoint.isEmpty()) {
      return new GatewaySettings(metadata, metadata, null, authorities(environment));
    }
    new EndpointAllowList(MODEL_ENDPOINT, List.of(endpoint)); // names the variable if malformed
    List<String> rows = new ArrayList<>(allowed);
    rows.add(endpoint);
    return new GatewaySettings(
        new EndpointAllowList(ALLOW_ENDPOINTS, rows),
        metadata,
        defaultModel(environment, endpoint),
        authorities(environment));
  }

  private static ModelRow defaultModel(Map<String, String> environment, String endpoint) {
    String name = environment.getOrDefault(MODEL_NAME, "");
    if (name.isBlank()) {
      throw new IllegalArgumentException(MODEL_NAME + " must name the model of " + MODEL_ENDPOINT);
    }
    return new ModelRow(
        "default",
        Provider.OPENAI,
        family(environment.getOrDefault(MODEL_FAMILY, ModelFamily.GENERAL.wire())),
        name,
        endpoint,
        null,
        completion(environment.getOrDefault(MODEL_COMPLETION, "chat")),
        null,
        number(environment, CONTEXT_TOKENS, 32_000),
        number(environment, OUTPUT_TOKENS, 4_096),
        EnumSet.of(Ability.STREAM, Ability.SYSTEM, Ability.STOP),
        Set.of());
  }

  private static ModelFamily family(String name) {
    return ModelFamily.named(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    MODEL_FAMILY
                        + " must be one of "
                        + Arrays.stream(ModelFamily.values())
                            .map(ModelFamily::wire)
                            .collect(Collectors.joining(", "))));
  }

  private static CompletionMode completion(String mode) {
    return switch (mode) {
      case "chat" -> CompletionMode.CHAT;
      case "fim" -> CompletionMode.FIM;
      default -> throw new IllegalArgumentException(MODEL_COMPLETION + " must be chat or fim");
    };
  }

  private static int number(Map<String, String> environment, String variable, int otherwise) {
    String text = environment.getOrDefault(variable, "");
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

  private static TrustedAuthorities authorities(Map<String, String> environment) {
    String bundle = environment.getOrDefault(CA_BUNDLE, "");
    if (bundle.isEmpty()) {
      return TrustedAuthorities.platform();
    }
    try {
      return TrustedAuthorities.platformAnd(Path.of(bundle));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(CA_BUNDLE + ": " + e.getMessage(), e);
    }
  }
}
