package io.sluice.eval;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A line a feature, in Markdown. */
final class EvalTable {

  private static final String HEAD =
      """
      | Feature | Route | Status | Inputs | Parsed | Right | Repaired | Asked again | Failed | Tokens in | Tokens out | Seconds |
      |---|---|---|---|---|---|---|---|---|---|---|---|
      """;

  private EvalTable() {}

  static String of(List<EvalResult> results) {
    Map<String, List<EvalResult>> features =
        results.stream()
            .collect(
                Collectors.groupingBy(
                    EvalResult::feature, LinkedHashMap::new, Collectors.toList()));
    StringBuilder table = new StringBuilder(HEAD);
    features.forEach((feature, rows) -> table.append(line(feature, route(rows), rows)));
    return table.append(line("all", "", results)).toString();
  }

  private static String line(String feature, String route, List<EvalResult> rows) {
    String statuses =
        rows.stream()
            .map(row -> row.status() == 0 ? "none" : Integer.toString(row.status()))
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    Duration took = rows.stream().map(EvalResult::took).reduce(Duration.ZERO, Duration::plus);
    return "| %s | %s | %s | %d | %d | %d | %d | %d | %d | %d | %d | %d.%d |\n"
        .formatted(
            feature,
            route,
            statuses,
            rows.size(),
            count(rows, EvalResult::parsed),
            count(rows, EvalResult::right),
            count(rows, EvalResult::repaired),
            count(rows, EvalResult::askedAgain),
            count(rows, row -> !row.parsed()),
            rows.stream().mapToLong(EvalResult::inputTokens).sum(),
            rows.stream().mapToLong(EvalResult::outputTokens).sum(),
            took.toSeconds(),
            took.toMillisPart() / 100);
  }

  private static String route(List<EvalResult> rows) {
    return "`" + rows.getFirst().route() + "`";
  }

  private static long count(List<EvalResult> rows, Predicate<EvalResult> which) {
    return rows.stream().filter(which).count();
  }
}
