package io.sluice.router.api;

import org.jspecify.annotations.Nullable;

/**
 * The file that is open in the editor (contract 5.2).
 *
 * @param path its path
 * @param text its text, or what of it is selected
 * @param selected whether the text is a selection
 */
public record OpenFile(String path, String text, boolean selected) {

  static @Nullable OpenFile read(Fields message) {
    Fields file = message.object("current_file");
    if (file == null) {
      return null;
    }
    file.require("selected_code");
    return new OpenFile(
        file.requiredText("file_path", Integer.MAX_VALUE),
        file.requiredText("data", Integer.MAX_VALUE),
        file.flag("selected_code"));
  }
}
