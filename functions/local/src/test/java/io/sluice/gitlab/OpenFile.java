package io.sluice.gitlab;

import io.sluice.core.json.JsonObject;

/**
 * The file that is open in an editor.
 *
 * @param name its path
 * @param language GitLab's display name of its language
 * @param above what is above the cursor
 * @param below what is below it
 */
public record OpenFile(String name, String language, String above, String below) {

  /** {@code current_file} of a request. */
  JsonObject json() {
    return JsonObject.builder()
        .put("file_name", name)
        .put("content_above_cursor", above)
        .put("content_below_cursor", below)
        .build();
  }
}
