package io.sluice.config;

/** The kind of host that serves a model. */
public enum Provider {
  OPENAI,
  AZURE,
  BEDROCK,
  SAGEMAKER
}
