package io.sluice.router.language;

import java.util.Set;

/**
 * A programming language.
 *
 * @param id the id that answers carry, lower case, such as {@code csharp}
 * @param grammar the name that prompts carry, such as {@code c_sharp}
 * @param extensions what file names end with, without the dot, case-sensitive
 * @param identifiers what editors call it, lower case; its display names too
 * @param fileNames names of files that need no extension
 */
public record Language(
    String id,
    String grammar,
    Set<String> extensions,
    Set<String> identifiers,
    Set<String> fileNames) {

  public Language {
    extensions = Set.copyOf(extensions);
    identifiers = Set.copyOf(identifiers);
    fileNames = Set.copyOf(fileNames);
  }
}
