package io.sluice.router;

import io.sluice.aws.AwsEnvironment;
import io.sluice.aws.LambdaFunction;
import io.sluice.config.Deployment;
import io.sluice.config.DeploymentSettings;
import io.sluice.config.Provider;
import java.util.Map;
import java.util.Set;

/**
 * The router's settings as a function, from environment variables: those of {@link
 * DeploymentSettings}, and {@code SLUICE_BACKEND_OPENAI}, the name or ARN of the function that
 * serves the providers openai and azure, with its alias if any.
 *
 * @param deployment what rows can only narrow
 * @param openAiFunction who serves openai and azure
 */
record FunctionSettings(Deployment deployment, String openAiFunction) {

  /** The providers that {@link #openAiFunction} serves. */
  static final Set<Provider> OPENAI = Set.of(Provider.OPENAI, Provider.AZURE);

  private static final String BACKEND_OPENAI = "SLUICE_BACKEND_OPENAI";

  /**
   * The settings of those variables.
   *
   * @throws IllegalArgumentException if one is missing or malformed; the message names it
   */
  static FunctionSettings of(Map<String, String> environment) {
    String function = environment.getOrDefault(BACKEND_OPENAI, "");
    if (function.isBlank()) {
      throw new IllegalArgumentException(
          "The environment variable "
              + BACKEND_OPENAI
              + " is missing: it names the function that calls OpenAI-compatible models");
    }
    return new FunctionSettings(DeploymentSettings.of(environment).deployment(OPENAI), function);
  }

  /** The function that serves {@link #OPENAI}. */
  LambdaFunction openAi(AwsEnvironment aws) {
    try {
      return new LambdaFunction(aws, openAiFunction);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(BACKEND_OPENAI + ": " + e.getMessage(), e);
    }
  }
}
