package io.sluice.doctor.report;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** Tells a report to a machine. Immutable. */
public final class JsonReport {

  private final Report report;
  private final List<String> next;

  /** A report, and what to do next. */
  public JsonReport(Report report, List<String> next) {
    this.report = report;
    this.next = List.copyOf(next);
  }

  /**
   * One document: {@code status} (healthy, findings, incomplete), {@code results} (each with {@code
   * check}, {@code status} ok, finding or unchecked, {@code detail}, and of a finding {@code code},
   * {@code title}, {@code fix}, {@code docs}), {@code next}.
   */
  public String text() {
    String status =
        switch (report.exitCode()) {
          case 0 -> "healthy";
          case 1 -> "findings";
          default -> "incomplete";
        };
    return Json.text(
        JsonObject.builder()
            .put("format", 1)
            .put("status", status)
            .put("results", report.results().stream().map(JsonReport::json).toList())
            .put("next", next)
            .build());
  }

  private static JsonObject json(Result result) {
    JsonObject.Builder json = JsonObject.builder().put("check", result.check());
    switch (result) {
      case Result.Healthy _ -> json.put("status", "ok");
      case Result.Unchecked _ -> json.put("status", "unchecked");
      case Result.Finding finding ->
          json.put("status", "finding")
              .put("code", finding.diagnosis().code())
              .put("title", finding.diagnosis().title())
              .put("fix", finding.diagnosis().fix())
              .put("docs", "docs/errors.md#" + finding.diagnosis().code().toLowerCase(Locale.ROOT));
    }
    return json.put("detail", result.detail()).build();
  }
}
