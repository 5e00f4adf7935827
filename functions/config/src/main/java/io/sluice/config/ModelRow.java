package io.sluice.config;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model of the routing table.
 *
 * @param name the row's name
 * @param provider the kind of host
 * @param family a name of contract 7.4
 * @param model served name, deployment, model id, profile or imported-model ARN, or endpoint
 * @param endpoint base URL, for {@code openai} and {@code azure}
 * @param region for {@code bedrock} and {@code sagemaker}
 * @param completion how code completion is asked
 * @param secret the name of the secret that holds the key
 * @param contextTokens the model's context
 * @param maxOutputTokens the most tokens of an answer
 * @param supports what the model can do
 * @param omit parameters that this server rejects
 */
public record ModelRow(
    String name,
    Provider provider,
    ModelFamily family,
    String model,
    @Nullable String endpoint,
    @Nullable String region,
    CompletionMode completion,
    @Nullable String secret,
    int contextTokens,
    int maxOutputTokens,
    Set<Ability> supports,
    Set<String> omit)
    implements Row {

  public ModelRow {
    supports = Set.copyOf(supports);
    omit = Set.copyOf(omit);
  }
}
