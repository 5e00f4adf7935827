package io.sluice.prompts;

import io.sluice.config.ModelFamily;
import io.sluice.config.PromptRows;
import io.sluice.prompts.PromptNotFoundException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All prompts, by id, family and version. Only what the index names can be found: nothing of a
 * request ever becomes a path. A file is read when it is first asked for. An administrator's row
 * {@code ID/FAMILY} takes the place of our prompt for that family, {@code ID/base} of the one for
 * families without their own: of all its versions with the row's major number. Thread-safe.
 */
public final class PromptRegistry {

  /** The constraint where a caller names none. */
  public static final String DEFAULT_CONSTRAINT = "^1.0.0";

  private static final String ROOT = "/prompts/";
  static final String BASE = "base";
  private static final int MAX_ECHO = 200;

  /** id, folder, then the paths of the versions, newest first. */
  private final Map<String, Map<String, List<PromptPath>>> index;

  private final Map<PromptPath, Prompt> loaded = new ConcurrentHashMap<>();
  private final PromptOverrides overrides;

  /**
   * The prompts of the class path, and nobody's overrides.
   *
   * @throws MalformedPromptException if the index is malformed
   */
  public PromptRegistry() {
    this(PromptRows.NONE);
  }

  /**
   * The prompts of the class path, and these overrides.
   *
   * @throws MalformedPromptException if the index is malformed
   */
  public PromptRegistry(PromptRows rows) {
    this(Stream.of(read("index").strip().split(" ")).map(PromptPath::parse).toList(), rows);
  }

  private PromptRegistry(List<PromptPath> paths, PromptRows rows) {
    this.overrides = new PromptOverrides(rows, this);
    Map<String, Map<String, List<PromptPath>>> byId = new LinkedHashMap<>();
    for (PromptPath path : paths) {
      byId.computeIfAbsent(path.id(), id -> new LinkedHashMap<>())
          .computeIfAbsent(path.folder(), folder -> new ArrayList<>())
          .add(path);
    }
    byId.values().forEach(folders -> folders.values().forEach(list -> list.sort(newestFirst())));
    this.index = Map.copyOf(byId);
  }

  /** Whether there is a prompt of that id. */
  public boolean knows(String id) {
    return index.containsKey(id);
  }

  /**
   * The newest version that satisfies the constraint, of the family's first folder that the prompt
   * has, else of {@code base}; there is no way from one folder's versions to another's.
   *
   * @param versionConstraint in Poetry's syntax, or a version's exact name
   * @throws PromptNotFoundException if there is none, or the row that takes its place can't be
   *     used; the message is fit for the caller
   */
  public Prompt find(String id, ModelFamily family, String versionConstraint)
      throws PromptNotFoundException {
    PromptPath found = path(id, family, versionConstraint);
    Prompt override = overrides.insteadOf(found, family);
    return override == null ? load(found) : override;
  }

  private PromptPath path(String id, ModelFamily family, String versionConstraint)
      throws PromptNotFoundException {
    List<PromptPath> versions = versions(id, family);
    Optional<VersionConstraint> constraint = VersionConstraint.parse(versionConstraint);
    Optional<PromptPath> found =
        constraint.isPresent()
            ? versions.stream().filter(path -> accepts(constraint.get(), path)).findFirst()
            : versions.stream().filter(p -> p.version().equals(versionConstraint)).findFirst();
    if (found.isPresent()) {
      return found.get();
    }
    String asked = "'" + echo(versionConstraint) + "'";
    String available = versions.stream().map(PromptPath::version).collect(Collectors.joining(", "));
    throw constraint.isPresent()
        ? new PromptNotFoundException(
            Kind.NO_VERSION,
            "No version matching %s of '%s'. Available versions: %s"
                .formatted(asked, id, available))
        : new PromptNotFoundException(
            Kind.BAD_CONSTRAINT,
            "%s is not a valid PEP 440 constraint. Available versions of '%s': %s"
                .formatted(asked, id, available));
  }

  /** Every id, in alphabetical order. */
  public List<String> ids() {
    return index.keySet().stream().sorted().toList();
  }

  /** The versions of our prompt that a row of that folder takes the place of, newest first. */
  List<PromptPath> ours(String id, String folder) throws PromptNotFoundException {
    return versions(id, ModelFamily.named(folder).orElse(ModelFamily.GENERAL));
  }

  /** Every file of the index, in its order. */
  List<Prompt> all() {
    return index.values().stream()
        .flatMap(folders -> folders.values().stream())
        .flatMap(List::stream)
        .map(this::load)
        .toList();
  }

  private List<PromptPath> versions(String id, ModelFamily family) throws PromptNotFoundException {
    Map<String, List<PromptPath>> folders = index.getOrDefault(id, Map.of());
    for (String folder : Stream.concat(family.promptFolders().stream(), Stream.of(BASE)).toList()) {
      List<PromptPath> versions = folders.get(folder);
      if (versions != null) {
        return versions;
      }
    }
    throw new PromptNotFoundException(
        Kind.UNKNOWN_ID,
        "Failed to load prompt definition for '%s': there is no such prompt".formatted(echo(id)));
  }

  Prompt load(PromptPath path) {
    return loaded.computeIfAbsent(path, p -> file(p).compile());
  }

  static PromptFile file(PromptPath path) {
    PromptFile file = PromptFile.parse(path, read(path.toString()));
    String like = file.header().text("like");
    return like == null ? file : file.on(file(path.sibling(like)));
  }

  private static boolean accepts(VersionConstraint constraint, PromptPath path) {
    return PromptVersion.parse(path.version()).filter(constraint::accepts).isPresent();
  }

  private static Comparator<PromptPath> newestFirst() {
    PromptVersion none = PromptVersion.of(0);
    return Comparator.comparing(
            (PromptPath path) -> PromptVersion.parse(path.version()).orElse(none))
        .reversed();
  }

  private static String echo(String text) {
    return text.length() <= MAX_ECHO ? text : text.substring(0, MAX_ECHO) + "...";
  }

  private static String read(String name) {
    try (InputStream in = PromptRegistry.class.getResourceAsStream(ROOT + name)) {
      if (in == null) {
        throw new MalformedPromptException(name, "there is no such file");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + ROOT + name, e);
    }
  }
}
