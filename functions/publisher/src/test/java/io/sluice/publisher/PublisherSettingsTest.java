package io.sluice.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The environment variables. */
class PublisherSettingsTest {

  private static final Map<String, String> LEAST =
      Map.of("SLUICE_ROUTES_TABLE", "sluice-routes", "SLUICE_STATE_TABLE", "sluice-state");

  @Test
  void givenTheTables_whenRead_thenTheRestHasDefaults() {
    PublisherSettings settings = PublisherSettings.of(LEAST);
    assertThat(settings.routesTable()).isEqualTo("sluice-routes");
    assertThat(settings.stateTable()).isEqualTo("sluice-state");
    assertThat(settings.issuers()).isEmpty();
    assertThat(settings.deployment().defaultModel()).isNull();
  }

  @Test
  void givenGitLabs_whenRead_thenTheyAreSpelledAsIssuers() {
    Map<String, String> environment = new HashMap<>(LEAST);
    environment.put("SLUICE_GITLAB_URLS", "https://a.example/, https://b.example/gitlab,,");
    assertThat(PublisherSettings.of(environment).issuers())
        .containsExactly("https://a.example", "https://b.example/gitlab");
  }

  @Test
  void givenAMissingOrMalformedVariable_whenRead_thenTheFailureNamesIt() {
    assertThatThrownBy(() -> PublisherSettings.of(Map.of("SLUICE_ROUTES_TABLE", "r")))
        .hasMessage("SLUICE_STATE_TABLE must name the table");
    assertThatThrownBy(() -> PublisherSettings.of(Map.of("SLUICE_STATE_TABLE", "s")))
        .hasMessage("SLUICE_ROUTES_TABLE must name the table");
    Map<String, String> environment = new HashMap<>(LEAST);
    environment.put("SLUICE_GITLAB_URLS", "gitlab.example");
    assertThatThrownBy(() -> PublisherSettings.of(environment))
        .hasMessageStartingWith("SLUICE_GITLAB_URLS: a GitLab URL must be");
  }

  @Test
  void givenTheSettings_whenRead_thenExactlyTheDocumentedVariablesAre() throws IOException {
    Set<String> read = new TreeSet<>();
    Map<String, String> values = new HashMap<>(LEAST);
    values.put("SLUICE_MODEL_ENDPOINT", "https://llm.corp.example/v1");
    values.put("SLUICE_MODEL_NAME", "m");
    values.put("SLUICE_MODEL_SECRET", "s");
    PublisherSettings.of(new Recording(values, read));
    assertThat(read)
        .containsExactlyElementsOf(Files.readAllLines(Path.of("src/main/environment.txt")));
  }

  private static final class Recording extends HashMap<String, String> {
    private static final long serialVersionUID = 1L;
    private final transient Set<String> read;

    Recording(Map<String, String> values, Set<String> read) {
      super(values);
      this.read = read;
    }

    @Override
    public @Nullable String get(Object name) {
      read.add(String.valueOf(name));
      return super.get(name);
    }

    @Override
    public String getOrDefault(Object name, String otherwise) {
      read.add(String.valueOf(name));
      return super.getOrDefault(name, otherwise);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return super.equals(other);
    }

    @Override
    public int hashCode() {
      return super.hashCode();
    }
  }
}
