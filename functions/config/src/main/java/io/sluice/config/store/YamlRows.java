package io.sluice.config.store;

import io.sluice.config.row.RowBatch;
import io.sluice.config.row.RowBatch.Unreadable;
import io.sluice.config.row.RowDocument;
import io.sluice.config.row.RowKey;
import io.sluice.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads rows from YAML of several documents, one row each. Each document is parsed alone, so that a
 * broken one costs no other. Pure functions.
 */
public final class YamlRows {

  /** The longest text that is read, in characters. */
  public static final int MAX_CHARACTERS = 5 * 1024 * 1024;

  /** A document's start; YAML allows it nowhere else, not even inside a block text. */
  private static final Pattern START = Pattern.compile("(?m)^---(?=\\s|$)");

  private YamlRows() {}

  /** The rows of that text. */
  public static RowBatch parse(String yaml) {
    List<RowDocument> rows = new ArrayList<>();
    List<Unreadable> unreadable = new ArrayList<>();
    if (yaml.length() > MAX_CHARACTERS) {
      unreadable.add(new Unreadable("file", "is longer than 5 MiB"));
      return new RowBatch(rows, unreadable);
    }
    int start = 0;
    int line = 1;
    Matcher next = START.matcher(yaml);
    while (start <= yaml.length()) {
      int end = next.find() ? next.start() : yaml.length();
      String text = yaml.substring(start, end);
      document(text, line, rows, unreadable);
      if (end == yaml.length()) {
        break;
      }
      line += (int) text.chars().filter(c -> c == '\n').count();
      start = next.end();
    }
    return new RowBatch(rows, unreadable);
  }

  private static void document(
      String text, int firstLine, List<RowDocument> rows, List<Unreadable> unreadable) {
    try {
      YamlDocument.read(text, firstLine).ifPresent(document -> row(document, rows, unreadable));
    } catch (MalformedYamlException e) {
      unreadable.add(new Unreadable("line " + e.line(), String.valueOf(e.getMessage())));
    }
  }

  private static void row(
      YamlDocument document, List<RowDocument> rows, List<Unreadable> unreadable) {
    String place = "line " + document.line();
    if (!(document.value() instanceof JsonObject fields)) {
      unreadable.add(new Unreadable(place, "is no row: a row is a mapping with kind and name"));
      return;
    }
    String kind = fields.text("kind");
    String name = fields.text("name");
    if (kind == null || name == null) {
      unreadable.add(
          new Unreadable(
              place, "is no row: " + (kind == null ? "kind" : "name") + " is missing or no text"));
      return;
    }
    rows.add(new RowDocument(new RowKey(kind, name), fields));
  }
}
