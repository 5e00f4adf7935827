package io.sluice.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/**
 * Environment variables that remember which of them were asked for. Those that every AWS client
 * knows ({@code AWS_*}) are not counted: Lambda sets them. Thread-safe.
 */
public final class RecordingEnvironment extends AbstractMap<String, String> {

  /** Where a module says which variables its function reads, one a line. */
  private static final Path DECLARATION = Path.of("src/main/environment.txt");

  private final Map<String, String> variables;
  private final Set<String> asked = new ConcurrentSkipListSet<>();

  public RecordingEnvironment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** The variables that the module of the running test declares. */
  public static Set<String> declared() throws IOException {
    return new TreeSet<>(Files.readAllLines(DECLARATION));
  }

  /** The variables that were asked for. */
  public Set<String> read() {
    return new TreeSet<>(asked);
  }

  @Override
  public @Nullable String get(Object name) {
    remember(name);
    return variables.get(name);
  }

  @Override
  public String getOrDefault(Object name, String otherwise) {
    remember(name);
    return variables.getOrDefault(name, otherwise);
  }

  @Override
  public boolean containsKey(Object name) {
    remember(name);
    return variables.containsKey(name);
  }

  /** Not to be used: who reads all variables reads too many. */
  @Override
  public Set<Entry<String, String>> entrySet() {
    throw new UnsupportedOperationException("ask for each variable by its name");
  }

  private void remember(Object name) {
    if (!String.valueOf(name).startsWith("AWS_")) {
      asked.add(String.valueOf(name));
    }
  }
}
