package io.sluice.doctor.stack;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The caller's clients of AWS: its own credentials, Region and endpoint variables ({@code
 * AWS_ENDPOINT_URL_*}), as the AWS CLI takes them. Thread-safe.
 */
public final class AwsClients implements AutoCloseable {

  private final @Nullable Region region;
  private final @Nullable URI endpoint;
  private final @Nullable AwsCredentialsProvider credentials;
  private final SdkHttpClient http =
      UrlConnectionHttpClient.builder()
          .connectionTimeout(Duration.ofSeconds(5))
          .socketTimeout(Duration.ofSeconds(20))
          .build();

  /** Clients of the caller's account in that Region; {@code null} for the Region of its profile. */
  public AwsClients(@Nullable String region) {
    this(region, null, null);
  }

  /**
   * Clients of another endpoint.
   *
   * @param endpoint where all services are; {@code null} for AWS's own or the variables'
   * @param credentials {@code null} for the caller's
   */
  public AwsClients(
      @Nullable String region,
      @Nullable URI endpoint,
      @Nullable AwsCredentialsProvider credentials) {
    this.region = region == null ? null : Region.of(region);
    this.endpoint = endpoint;
    this.credentials = credentials;
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(B builder) {
    builder.httpClient(http);
    if (region != null) {
      builder.region(region);
    }
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    if (credentials != null) {
      builder.credentialsProvider(credentials);
    }
    return builder.build();
  }

  CloudFormationClient cloudFormation() {
    return build(CloudFormationClient.builder());
  }

  DynamoDbClient dynamoDb() {
    return build(DynamoDbClient.builder());
  }

  LambdaClient lambda() {
    return build(LambdaClient.builder());
  }

  SqsClient sqs() {
    return build(SqsClient.builder());
  }

  KmsClient kms() {
    return build(KmsClient.builder());
  }

  CloudWatchLogsClient logs() {
    return build(CloudWatchLogsClient.builder());
  }

  Ec2Client ec2() {
    return build(Ec2Client.builder());
  }

  IamClient iam() {
    return build(IamClient.builder());
  }

  ApiGatewayClient apiGateway() {
    return build(ApiGatewayClient.builder());
  }

  SecretsManagerClient secrets() {
    return build(SecretsManagerClient.builder());
  }

  @Override
  public void close() {
    http.close();
  }
}
