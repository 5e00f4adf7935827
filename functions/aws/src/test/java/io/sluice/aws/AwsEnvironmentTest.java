package io.sluice.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AwsEnvironmentTest {

  private static final Map<String, String> LAMBDA =
      Map.of(
          "AWS_REGION", "eu-central-1",
          "AWS_ACCESS_KEY_ID", "ASIA",
          "AWS_SECRET_ACCESS_KEY", "very-secret");

  private static Map<String, String> with(String name, String value) {
    Map<String, String> variables = new HashMap<>(LAMBDA);
    variables.put(name, value);
    return variables;
  }

  @ParameterizedTest
  @CsvSource({
    "eu-central-1, https://sqs.eu-central-1.amazonaws.com",
    "us-gov-west-1, https://sqs.us-gov-west-1.amazonaws.com",
    "cn-north-1, https://sqs.cn-north-1.amazonaws.com.cn",
    "eusc-de-east-1, https://sqs.eusc-de-east-1.amazonaws.eu",
    "us-iso-east-1, https://sqs.us-iso-east-1.c2s.ic.gov",
    "us-isob-east-1, https://sqs.us-isob-east-1.sc2s.sgov.gov",
    "us-isof-south-1, https://sqs.us-isof-south-1.csp.hci.ic.gov",
    "eu-isoe-west-1, https://sqs.eu-isoe-west-1.cloud.adc-e.uk"
  })
  void givenARegion_whenAnEndpointIsAsked_thenItIsOfItsPartition(String region, String endpoint) {
    AwsEnvironment environment = AwsEnvironment.of(with("AWS_REGION", region));
    assertThat(environment.endpoint(AwsApi.SQS)).isEqualTo(endpoint);
    assertThat(environment.region()).isEqualTo(region);
  }

  @ParameterizedTest
  @CsvSource({
    "DYNAMODB, https://dynamodb.eu-central-1.amazonaws.com",
    "KMS, https://kms.eu-central-1.amazonaws.com",
    "LAMBDA, https://lambda.eu-central-1.amazonaws.com",
    "SECRETS_MANAGER, https://secretsmanager.eu-central-1.amazonaws.com"
  })
  void givenNoOverride_whenAnEndpointIsAsked_thenItIsTheServices(AwsApi service, String endpoint) {
    assertThat(AwsEnvironment.of(LAMBDA).endpoint(service)).isEqualTo(endpoint);
  }

  @Test
  void givenOverrides_whenAnEndpointIsAsked_thenTheServicesOwnIsFirst() {
    Map<String, String> variables = with("AWS_ENDPOINT_URL", "http://127.0.0.1:4566/");
    variables.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", "https://vpce-1.example");
    AwsEnvironment environment = AwsEnvironment.of(variables);
    assertThat(environment.endpoint(AwsApi.SECRETS_MANAGER)).isEqualTo("https://vpce-1.example");
    assertThat(environment.endpoint(AwsApi.KMS)).isEqualTo("http://127.0.0.1:4566");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"})
  void givenAMissingVariable_whenRead_thenItIsNamed(String name) {
    assertThatThrownBy(() -> AwsEnvironment.of(with(name, " ")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name)
        .hasMessageNotContaining("very-secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere", "eu-central-1.evil.example", "EU-CENTRAL-1", "a/b-c"})
  void givenAStrangeRegion_whenRead_thenItIsRefused(String region) {
    assertThatThrownBy(() -> AwsEnvironment.of(with("AWS_REGION", region)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("AWS_REGION");
  }

  @Test
  void givenAnUnusableEndpoint_whenAClientIsMade_thenItsVariableIsNamed() {
    AwsEnvironment environment =
        AwsEnvironment.of(with("AWS_ENDPOINT_URL_DYNAMODB", "http://user@host"));
    assertThatThrownBy(() -> new DynamoDbTable(environment, "t"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("AWS_ENDPOINT_URL_DYNAMODB");
  }
}
