package io.sluice.doctor;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.doctor.stack.AwsClients;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What one run of the doctor came to. */
record Outcome(int code, String out, String err) {

  static Outcome of(Map<String, String> environment, String... arguments)
      throws InterruptedException {
    return of(AwsClients::new, environment, arguments);
  }

  static Outcome of(
      Function<@Nullable String, AwsClients> aws,
      Map<String, String> environment,
      String... arguments)
      throws InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = DoctorMain.run(arguments, environment, aws, print(out), print(err));
    return new Outcome(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /** The codes of all findings of a JSON report. */
  List<String> codes() {
    return results().map(result -> result.text("code", "")).filter(c -> !c.isEmpty()).toList();
  }

  /** The details of all results with that status. */
  List<String> details(String status) {
    return results()
        .filter(result -> status.equals(result.text("status")))
        .map(result -> result.text("check", "") + ": " + result.text("detail", ""))
        .toList();
  }

  private Stream<JsonObject> results() {
    try {
      JsonObject report = (JsonObject) Json.read(out);
      return StreamSupport.stream(
              Objects.requireNonNull(report.array("results")).spliterator(), false)
          .map(JsonObject.class::cast);
    } catch (JsonSyntaxException e) {
      throw new AssertionError(out + err, e);
    }
  }
}
