package io.sluice.configcli;

import io.sluice.config.row.RowDocument;
import io.sluice.config.row.RowKey;
import io.sluice.config.store.YamlRows;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a file of rows, edited a document at a time: what isn't touched stays as it was
 * written, comments included. Immutable.
 *
 * @param documents the texts between the lines {@code ---}, each with what follows the dashes
 */
record RowText(List<String> documents) {

  private static final Pattern START = Pattern.compile("(?m)^---(?=\\s|$)");

  RowText {
    documents = List.copyOf(documents);
  }

  static RowText of(String text) {
    List<String> documents = new ArrayList<>();
    Matcher starts = START.matcher(text);
    int begin = 0;
    while (starts.find()) {
      documents.add(text.substring(begin, starts.start()));
      begin = starts.end();
    }
    documents.add(text.substring(begin));
    return new RowText(documents);
  }

  /** The text with that row instead of the one of its key, or at the end. */
  RowText put(RowDocument row) {
    List<String> changed = new ArrayList<>();
    boolean done = false;
    for (String document : documents) {
      if (!done && isOf(document, row.key())) {
        changed.add((changed.isEmpty() ? "" : "\n") + RowYaml.text(row));
        done = true;
      } else {
        changed.add(document);
      }
    }
    if (!done) {
      boolean empty = documents.stream().allMatch(String::isBlank);
      if (empty) {
        changed.clear();
      }
      changed.add((empty ? "" : "\n") + RowYaml.text(row));
    }
    return new RowText(changed);
  }

  /** The text without the rows of that key. */
  RowText delete(RowKey key) {
    return new RowText(documents.stream().filter(document -> !isOf(document, key)).toList());
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < documents.size(); i++) {
      if (i > 0) {
        boolean midLine = !text.isEmpty() && text.charAt(text.length() - 1) != '\n';
        text.append(midLine ? "\n---" : "---");
      }
      text.append(documents.get(i));
    }
    return text.toString();
  }

  private static boolean isOf(String document, RowKey key) {
    return YamlRows.parse(document).rows().stream().anyMatch(row -> row.key().equals(key));
  }
}
