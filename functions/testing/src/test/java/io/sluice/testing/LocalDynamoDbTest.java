package io.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** DynamoDB Local as a fixture. */
class LocalDynamoDbTest {

  @Test
  void givenTables_whenListed_thenTheyAreThere() throws IOException {
    try (LocalDynamoDb database = LocalDynamoDb.start()) {
      assertThat(database.routes("some-routes")).isEqualTo("some-routes");
      assertThat(database.state("some-state")).isEqualTo("some-state");
      assertThat(database.client().listTables().tableNames())
          .containsExactly("some-routes", "some-state");
      assertThat(database.endpoint().getHost()).isEqualTo("127.0.0.1");
    }
  }
}
