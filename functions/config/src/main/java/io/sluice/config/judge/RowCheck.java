package io.sluice.config.judge;

import io.sluice.config.Row;
import io.sluice.config.row.MalformedRowException;
import io.sluice.config.row.Problem;
import io.sluice.config.row.RowDocument;
import io.sluice.config.row.RowMapping;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row judged by itself.
 *
 * @param row its typed form, {@code null} when it has problems
 * @param problems what is wrong
 */
record RowCheck(@Nullable Row row, List<Problem> problems) {

  static RowCheck of(RowSchemas schemas, RowDocument document) {
    List<Problem> problems = Credentials.find(document.fields());
    if (problems.isEmpty()) {
      String kind = document.key().kind();
      problems =
          RowSchemas.KINDS.contains(kind)
              ? schemas.problems(kind, document.fields())
              : List.of(
                  new Problem("kind", "must be one of " + String.join(", ", RowSchemas.KINDS)));
    }
    if (!problems.isEmpty()) {
      return new RowCheck(null, problems);
    }
    try {
      return new RowCheck(RowMapping.row(document), List.of());
    } catch (MalformedRowException e) {
      return new RowCheck(null, List.of(e.problem()));
    }
  }
}
