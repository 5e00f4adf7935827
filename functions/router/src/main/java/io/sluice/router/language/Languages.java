package io.sluice.router.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The table of languages (contract 3.8), read from the resource {@code languages.txt}. Immutable,
 * thread-safe.
 */
public final class Languages {

  private static final String TABLE = "/languages.txt";
  private static final String NONE = "-";

  private final List<Language> all;
  private final Map<String, Language> byExtension = new HashMap<>();
  private final Map<String, Language> byIdentifier = new HashMap<>();
  private final Map<String, Language> byFileName = new HashMap<>();

  public Languages() {
    this.all = table();
    for (Language language : all) {
      language.extensions().forEach(extension -> add(byExtension, extension, language));
      language.identifiers().forEach(identifier -> add(byIdentifier, identifier, language));
      language.fileNames().forEach(name -> add(byFileName, name, language));
    }
  }

  /** The language of a file: by the file's name, else by the editor's identifier. */
  public Optional<Language> detect(String fileName, @Nullable String languageIdentifier) {
    Optional<Language> byName = byName(fileName);
    if (byName.isPresent() || languageIdentifier == null) {
      return byName;
    }
    return Optional.ofNullable(byIdentifier.get(normal(languageIdentifier)));
  }

  /**
   * What a prompt calls the file's language, in lower case: the identifier as it was sent, else the
   * language's name by the file's name, else the bare extension. Empty where there is none of
   * these: then no model is called for a completion.
   */
  public Optional<String> promptName(String fileName, @Nullable String languageIdentifier) {
    if (languageIdentifier != null && !languageIdentifier.isBlank()) {
      return Optional.of(normal(languageIdentifier));
    }
    Optional<String> known = byName(fileName).map(Language::grammar);
    return known.isPresent()
        ? known
        : extension(fileName).map(extension -> extension.toLowerCase(Locale.ROOT));
  }

  List<Language> all() {
    return all;
  }

  private Optional<Language> byName(String fileName) {
    Language exact = byFileName.get(lastSegment(fileName));
    return exact != null ? Optional.of(exact) : extension(fileName).map(byExtension::get);
  }

  private static Optional<String> extension(String fileName) {
    String name = lastSegment(fileName);
    int dot = name.lastIndexOf('.');
    return dot < 0 || dot == name.length() - 1
        ? Optional.empty()
        : Optional.of(name.substring(dot + 1));
  }

  private static String lastSegment(String fileName) {
    return fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
  }

  private static String normal(String identifier) {
    return identifier.strip().toLowerCase(Locale.ROOT);
  }

  private static void add(Map<String, Language> map, String key, Language language) {
    Language other = map.putIfAbsent(key, language);
    if (other != null) {
      throw new IllegalStateException(
          TABLE + ": " + key + " belongs to " + other.id() + " and " + language.id());
    }
  }

  private static List<Language> table() {
    try (InputStream in = Languages.class.getResourceAsStream(TABLE)) {
      if (in == null) {
        throw new IllegalStateException("there is no resource " + TABLE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Languages::row)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + TABLE, e);
    }
  }

  private static Language row(String line) {
    String[] cells = line.split("\\s*\\|\\s*", -1);
    if (cells.length != 5) {
      throw new IllegalStateException(TABLE + ": not five columns: " + line);
    }
    return new Language(
        cells[0].strip(), cells[1], names(cells[2]), names(cells[3]), names(cells[4].strip()));
  }

  private static Set<String> names(String cell) {
    return cell.equals(NONE) ? Set.of() : Set.of(cell.split(",\\s*"));
  }
}
