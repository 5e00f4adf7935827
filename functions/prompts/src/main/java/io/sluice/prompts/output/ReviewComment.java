package io.sluice.prompts.output;

/**
 * A comment of a code review.
 *
 * @param file the path as it is written
 * @param line the line's numbers
 * @param body what is between the tags, line breaks and all
 */
record ReviewComment(String file, DiffLines.Numbers line, String body) {

  /** The comment as GitLab reads it. */
  String text() {
    return "%s%s</comment>".formatted(tag(), body);
  }

  String tag() {
    return "<comment file=\"%s\" old_line=\"%s\" new_line=\"%s\">"
        .formatted(file, line.oldLine(), line.newLine());
  }
}
