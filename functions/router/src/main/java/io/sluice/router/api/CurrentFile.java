package io.sluice.router.api;

import org.jspecify.annotations.Nullable;

/**
 * The file that is being edited (contract 3.1).
 *
 * @param fileName its name, maybe with a path
 * @param languageIdentifier what the editor calls its language
 * @param above the text before the cursor
 * @param below the text after the cursor
 */
public record CurrentFile(
    String fileName, @Nullable String languageIdentifier, String above, String below) {

  private static final int MAX_NAME = 255;
  private static final int MAX_CONTENT = 100_000;

  static CurrentFile read(Fields file) {
    return new CurrentFile(
        file.requiredTrimmed("file_name", MAX_NAME),
        file.text("language_identifier", MAX_NAME),
        content(file, "content_above_cursor"),
        content(file, "content_below_cursor"));
  }

  private static String content(Fields file, String name) {
    return file.requiredText(name, MAX_CONTENT);
  }
}
