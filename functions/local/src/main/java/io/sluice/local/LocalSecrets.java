package io.sluice.local;

import io.sluice.core.model.Secret;
import io.sluice.core.model.SecretStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Secrets in environment variables and files, by the names that {@code --secret} gives them. */
final class LocalSecrets implements SecretStore {

  private static final String VARIABLE = "env:";
  private static final String FILE = "file:";

  private final Map<String, String> places;
  private final Map<String, String> environment;

  LocalSecrets(Settings settings, Map<String, String> environment) {
    this.places = new HashMap<>(settings.secrets());
    this.environment = environment;
    if (settings.modelKeyVariable() != null) {
      places.put(DefaultModel.SECRET, VARIABLE + settings.modelKeyVariable());
    }
  }

  /**
   * Looks once at each place.
   *
   * @throws StartupException naming the first secret that can't be read
   */
  void check() throws StartupException {
    for (String name : places.keySet()) {
      try {
        if (read(name).isEmpty()) {
          throw new StartupException(
              "--secret", "%s is empty or not set: %s".formatted(name, places.get(name)));
        }
      } catch (IOException e) {
        throw new StartupException("--secret", String.valueOf(e.getMessage()));
      }
    }
  }

  @Override
  public Optional<StoredSecret> read(String name) throws IOException {
    String place = places.get(name);
    if (place == null) {
      return Optional.empty();
    }
    String value =
        place.startsWith(VARIABLE)
            ? environment.getOrDefault(place.substring(VARIABLE.length()), "")
            : file(name, Path.of(place.substring(FILE.length())));
    return value.isEmpty()
        ? Optional.empty()
        : Optional.of(new StoredSecret(new Secret(value), List.of()));
  }

  private static String file(String name, Path file) throws IOException {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new IOException("%s: no readable file %s".formatted(name, file), e);
    }
  }
}
