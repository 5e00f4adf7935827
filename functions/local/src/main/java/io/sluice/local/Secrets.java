package io.sluice.local;

import io.sluice.backend.openai.LocalSecrets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The secrets of rows and of the default model, as the flags name their places. */
final class Secrets {

  private Secrets() {}

  /**
   * The secrets, each of them read once.
   *
   * @throws StartupException naming the first that can't be read, never its value
   */
  static LocalSecrets open(Settings settings, Map<String, String> environment)
      throws StartupException {
    List<String> definitions = new ArrayList<>(settings.secrets());
    if (settings.modelKeyVariable() != null) {
      definitions.add(DefaultModel.SECRET + "=env:" + settings.modelKeyVariable());
    }
    try {
      LocalSecrets secrets = new LocalSecrets(definitions, environment::get);
      for (String definition : definitions) {
        String name = definition.split("[=@]", 2)[0];
        if (secrets.read(name).isEmpty()) {
          throw new StartupException("--secret", name + " is empty or not set");
        }
      }
      return secrets;
    } catch (IllegalArgumentException | IOException e) {
      throw new StartupException("--secret", String.valueOf(e.getMessage()));
    }
  }
}
