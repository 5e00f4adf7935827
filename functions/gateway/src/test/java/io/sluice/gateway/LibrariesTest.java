package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every class that could be loaded costs cold start: what the function does without is not in it.
 */
class LibrariesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.networknt.schema.Schema",
        "org.yaml.snakeyaml.Yaml",
        "com.fasterxml.jackson.databind.ObjectMapper",
        "software.amazon.awssdk.services.dynamodb.DynamoDbClient"
      })
  void givenTheClassPath_whenSearched_thenTheLibraryIsNotThere(String className) {
    assertThatThrownBy(() -> Class.forName(className)).isInstanceOf(ClassNotFoundException.class);
  }
}
