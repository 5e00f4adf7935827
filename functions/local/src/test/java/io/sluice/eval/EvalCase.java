package io.sluice.eval;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A golden input: the file {@code FEATURE/NAME.json}.
 *
 * @param feature which feature is asked: {@link EvalClients}
 * @param ask what it is given
 * @param expected what a right answer has
 */
record EvalCase(String feature, String name, JsonObject ask, Expected expected) {

  private static final String SUFFIX = ".json";

  /**
   * The cases of a folder, in the order of their names.
   *
   * @param wanted which features
   * @throws IOException naming the file that can't be read or is malformed
   */
  static List<EvalCase> load(Path folder, Predicate<String> wanted) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
      Stream.Builder<EvalCase> cases = Stream.builder();
      for (Path file : found) {
        EvalCase one = read(folder, file);
        if (wanted.test(one.feature())) {
          cases.add(one);
        }
      }
      return cases.build().toList();
    }
  }

  private static EvalCase read(Path folder, Path file) throws IOException {
    String path = folder.relativize(file).toString().replace('\\', '/');
    int slash = path.lastIndexOf('/');
    try {
      if (slash > 0 && Json.read(Files.readString(file)) instanceof JsonObject content) {
        return new EvalCase(
            path.substring(0, slash),
            path.substring(slash + 1, path.length() - SUFFIX.length()),
            Objects.requireNonNullElse(content.object("ask"), JsonObject.EMPTY),
            new Expected(Objects.requireNonNullElse(content.object("expected"), JsonObject.EMPTY)));
      }
    } catch (JsonSyntaxException | IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    throw new IOException(file + ": an input is an object, in a folder named after its feature");
  }
}
