package io.sluice.configcli;

import io.sluice.config.judge.Shown;
import io.sluice.config.row.RowDocument;
import io.sluice.config.row.RowKey;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A row that differs.
 *
 * @param key which row
 * @param before as it is, {@code null} where there is none
 * @param after as it shall be, {@code null} where there shall be none
 */
record RowChange(RowKey key, @Nullable RowDocument before, @Nullable RowDocument after) {

  private static final int LONGEST = 160;

  /** Lines for an administrator: the row, then each field that differs. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add((before == null ? "+ " : after == null ? "- " : "~ ") + Shown.row(key));
    JsonObject old = before == null ? JsonObject.EMPTY : before.fields();
    JsonObject now = after == null ? JsonObject.EMPTY : after.fields();
    TreeSet<String> fields = new TreeSet<>(old.members().keySet());
    fields.addAll(now.members().keySet());
    fields.removeAll(List.of("kind", "name"));
    for (String field : after == null ? new TreeSet<String>() : fields) {
      JsonValue was = old.get(field);
      JsonValue is = now.get(field);
      if (!Objects.equals(was, is)) {
        String name = "    " + Shown.text(field) + ": ";
        lines.add(
            before == null || was == null
                ? name + value(is)
                : is == null
                    ? name + value(was) + " -> (none)"
                    : name + value(was) + " -> " + value(is));
      }
    }
    return lines;
  }

  private static String value(@Nullable JsonValue value) {
    String text = value == null ? "" : Shown.text(Json.asciiLine(value));
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}
