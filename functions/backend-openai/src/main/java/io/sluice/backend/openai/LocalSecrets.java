package io.sluice.backend.openai;

import io.sluice.core.model.Secret;
import io.sluice.core.model.SecretStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Secrets of a local host: {@code NAME=env:VAR} or {@code NAME=file:PATH}. With {@code
 * NAME@HOST,HOST=...} the secret is sent to those hosts only. Values are read at each call of
 * {@link #read}, without blanks and line ends around them, so that a file can be replaced.
 * Thread-safe.
 */
public final class LocalSecrets implements SecretStore {

  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]*)(?:@([A-Za-z0-9.,\\[\\]:-]+))?=(env|file):(.+)");

  private final Map<String, Source> sources = new LinkedHashMap<>();
  private final UnaryOperator<@Nullable String> environment;

  private record Source(List<String> hosts, boolean file, String place) {}

  /**
   * The secrets of these definitions.
   *
   * @param definitions as written in {@code --secret}
   * @param environment the value of an environment variable, {@code null} for none
   * @throws IllegalArgumentException if a definition is malformed; it is not quoted, since it may
   *     hold the key itself
   */
  public LocalSecrets(List<String> definitions, UnaryOperator<@Nullable String> environment) {
    this.environment = environment;
    for (String definition : definitions) {
      Matcher form = FORM.matcher(definition);
      if (!form.matches()) {
        throw new IllegalArgumentException(
            "--secret, definition "
                + (sources.size() + 1)
                + ": expected NAME=env:VARIABLE or NAME=file:PATH");
      }
      String hosts = form.group(2);
      sources.put(
          form.group(1),
          new Source(
              hosts == null ? List.of() : List.of(hosts.toLowerCase(Locale.ROOT).split(",")),
              form.group(3).equals("file"),
              form.group(4)));
    }
  }

  @Override
  public Optional<StoredSecret> read(String name) throws IOException {
    Source source = sources.get(name);
    if (source == null) {
      return Optional.empty();
    }
    String value = source.file ? file(name, source.place) : environment.apply(source.place);
    return value == null || value.isBlank()
        ? Optional.empty()
        : Optional.of(new StoredSecret(new Secret(value.strip()), source.hosts));
  }

  private static String file(String name, String path) throws IOException {
    try {
      return Files.readString(Path.of(path), StandardCharsets.UTF_8);
    } catch (IOException | RuntimeException e) {
      throw new IOException("The file of secret " + name + " could not be read.", e);
    }
  }
}
