package io.sluice.backend.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.model.Secret;
import io.sluice.core.model.SecretStore.StoredSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalSecretsTest {

  @TempDir private Path folder;

  private static LocalSecrets secrets(String... definitions) {
    Map<String, String> environment = Map.of("KEY", "from-env", "BLANK", " ");
    return new LocalSecrets(List.of(definitions), environment::get);
  }

  @Test
  void givenAVariable_whenRead_thenItsValue() throws IOException {
    assertThat(secrets("a=env:KEY").read("a"))
        .contains(new StoredSecret(new Secret("from-env"), List.of()));
  }

  @Test
  void givenAFile_whenReplaced_thenTheNewValueWithoutItsLineEnd() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), "one\n");
    LocalSecrets secrets = secrets("a@llm.corp.example,Other.example:8443=file:" + file);
    Files.writeString(file, "two\n");
    assertThat(secrets.read("a"))
        .contains(
            new StoredSecret(new Secret("two"), List.of("llm.corp.example", "other.example:8443")));
  }

  @Test
  void givenNothingThere_whenRead_thenNoSecret() throws IOException {
    LocalSecrets secrets = secrets("a=env:ABSENT", "b=env:BLANK");
    assertThat(secrets.read("a")).isEmpty();
    assertThat(secrets.read("b")).isEmpty();
    assertThat(secrets.read("c")).isEmpty();
  }

  @Test
  void givenAnUnreadableFile_whenRead_thenTheSecretIsNamed() {
    LocalSecrets secrets = secrets("a=file:" + folder.resolve("absent"));
    assertThatThrownBy(() -> secrets.read("a"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("secret a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a=canary", "=env:KEY", "a=env:", "a b=env:KEY", "a=vault:canary"})
  void givenAMalformedDefinition_whenMade_thenItIsNotQuoted(String definition) {
    assertThatThrownBy(() -> secrets("ok=env:KEY", definition))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--secret, definition 2")
        .hasMessageNotContaining("canary");
  }
}
