package io.sluice.config.row;

/**
 * Something wrong with a row, in words for an administrator; never holds a value that may be
 * secret.
 *
 * @param field the field, such as {@code targets[0].model}; empty for the row as a whole
 * @param text what is wrong and what to change
 */
public record Problem(String field, String text) {

  @Override
  public String toString() {
    return field.isEmpty() ? text : field + ": " + text;
  }
}
