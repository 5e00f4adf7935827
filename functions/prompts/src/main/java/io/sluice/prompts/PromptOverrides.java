package io.sluice.prompts;

import io.sluice.config.ModelFamily;
import io.sluice.config.PromptRow;
import io.sluice.config.PromptRows;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Administrators' overrides of our prompts. A row is compiled when it is first asked for, and again
 * when it has changed. Thread-safe.
 */
final class PromptOverrides {

  /** A row and what it is, compiled. */
  private record Compiled(PromptRow row, Prompt prompt) {

    boolean is(PromptRow other) {
      return row.version().equals(other.version()) && row.template().equals(other.template());
    }
  }

  private final PromptRows rows;
  private final PromptRegistry ours;
  private final Map<String, Compiled> compiled = new ConcurrentHashMap<>();

  PromptOverrides(PromptRows rows, PromptRegistry ours) {
    this.rows = rows;
    this.ours = ours;
  }

  /**
   * The override that takes the place of our prompt for a family, {@code null} where there is none:
   * that of the family itself, of the first folder that the family looks into, and so on up to the
   * folder of our own prompt.
   *
   * @throws PromptNotFoundException if the row can't be used
   */
  @Nullable Prompt insteadOf(PromptPath path, ModelFamily family) throws PromptNotFoundException {
    Map<String, PromptRow> live = rows.live();
    if (live.isEmpty()) {
      return null;
    }
    PromptRow row = row(live, path, family.wire());
    List<String> folders = family.promptFolders();
    for (int i = 0; row == null && i < folders.size(); i++) {
      row = row(live, path, folders.get(i));
      if (folders.get(i).equals(path.folder())) {
        break;
      }
    }
    if (row == null && path.folder().equals(PromptRegistry.BASE)) {
      row = row(live, path, PromptRegistry.BASE);
    }
    return row == null ? null : prompt(row, path);
  }

  private static @Nullable PromptRow row(
      Map<String, PromptRow> live, PromptPath path, String folder) {
    PromptRow row = live.get(path.id() + "/" + folder);
    return row == null || major(row.version()) != major(path.version()) ? null : row;
  }

  /** The number before the first dot: versions of one number take the same inputs. */
  static long major(String version) {
    return PromptVersion.parse(version).map(parsed -> parsed.number(0)).orElse(-1L);
  }

  private Prompt prompt(PromptRow row, PromptPath path) throws PromptNotFoundException {
    Compiled known = compiled.get(row.name());
    if (known != null && known.is(row)) {
      return known.prompt();
    }
    try {
      String folder = row.name().substring(path.id().length() + 1);
      Prompt prompt = compile(row, ground(path.id(), folder, row.version()));
      compiled.put(row.name(), new Compiled(row, prompt));
      return prompt;
    } catch (MalformedPromptException | PromptNotFoundException e) {
      throw new PromptNotFoundException(
          PromptNotFoundException.Kind.BAD_ROW,
          "the row prompt/%s can't be used: %s. Mend or delete it"
              .formatted(row.name(), e.getMessage()));
    }
  }

  /**
   * Our newest prompt that a row of this name and version is an override of.
   *
   * @throws PromptNotFoundException if there is none
   */
  PromptPath ground(String id, String folder, String version) throws PromptNotFoundException {
    List<PromptPath> versions = ours.ours(id, folder);
    for (PromptPath path : versions) {
      if (major(path.version()) == major(version)) {
        return path;
      }
    }
    throw new PromptNotFoundException(
        PromptNotFoundException.Kind.NO_VERSION,
        "its version must begin with the number of one of ours: "
            + String.join(", ", versions.stream().map(PromptPath::version).toList()));
  }

  /**
   * The row as a prompt: what it doesn't say, the ground does.
   *
   * @throws MalformedPromptException if it is none
   */
  static Prompt compile(PromptRow row, PromptPath ground) {
    String folder = row.name().substring(ground.id().length() + 1);
    PromptPath path = new PromptPath(ground.id(), folder, row.version());
    PromptFile file = PromptFile.parseRow(path, row.template());
    List<String> problems = RowParameters.problems(file.header());
    if (!problems.isEmpty()) {
      throw new MalformedPromptException(path.toString(), problems.getFirst());
    }
    return file.on(PromptRegistry.file(ground)).compile();
  }
}
