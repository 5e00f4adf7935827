package io.sluice.aws;

/** The services that the request path calls. */
public enum AwsApi {
  DYNAMODB("dynamodb", "DYNAMODB"),
  KMS("kms", "KMS"),
  LAMBDA("lambda", "LAMBDA"),
  SECRETS_MANAGER("secretsmanager", "SECRETS_MANAGER"),
  SQS("sqs", "SQS");

  private final String endpointPrefix;
  private final String variable;

  AwsApi(String endpointPrefix, String variable) {
    this.endpointPrefix = endpointPrefix;
    this.variable = "AWS_ENDPOINT_URL_" + variable;
  }

  /** The name in endpoints, signatures and actions. */
  public String endpointPrefix() {
    return endpointPrefix;
  }

  /** The environment variable that names another endpoint, as the SDKs know it. */
  public String endpointVariable() {
    return variable;
  }
}
