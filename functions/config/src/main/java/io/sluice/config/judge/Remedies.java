package io.sluice.config.judge;

/**
 * How an administrator widens what the deployment fixes, where a row may not stay within it.
 *
 * @param endpoint what to do for a model's endpoint
 */
public record Remedies(String endpoint) {

  /** For the local host. */
  public static final Remedies LOCAL =
      new Remedies("start the gateway with --allow-endpoint for it");

  /** For a deployed stack. */
  public static final Remedies STACK =
      new Remedies("add it to the parameter AllowedModelEndpoints and deploy again");
}
