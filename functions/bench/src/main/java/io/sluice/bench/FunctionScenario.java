package io.sluice.bench;

import io.sluice.core.http.Headers;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.testing.GitLabStub;
import io.sluice.testing.ModelStub;
import io.sluice.testing.RuntimeApiAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A packaged function, what it needs around it, and the golden events that it is trained and
 * measured with. Immutable.
 *
 * @param function the module's name
 * @param environment its configuration
 * @param events events of its work, newly made; the first is the one that is measured
 * @param expected what the answer to the first event holds
 */
record FunctionScenario(
    String function,
    Map<String, String> environment,
    Supplier<List<byte[]>> events,
    List<String> expected) {

  private static final Path EVENTS = Path.of("events");

  FunctionScenario {
    environment = Map.copyOf(environment);
    expected = List.copyOf(expected);
  }

  /** Every function that is packaged. */
  static List<FunctionScenario> all(Neighbours neighbours) {
    return List.of(authorizer(neighbours.gitLab()), gateway(neighbours.models()));
  }

  static FunctionScenario named(String function, Neighbours neighbours) {
    return all(neighbours).stream()
        .filter(scenario -> scenario.function().equals(function))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no function named " + function));
  }

  private static FunctionScenario authorizer(GitLabStub gitLab) {
    return new FunctionScenario(
        "authorizer",
        Map.of(
            "_HANDLER",
            "io.sluice.authorizer.AuthorizerFunction",
            "SLUICE_GITLAB_URLS",
            gitLab.url()),
        () ->
            List.of(
                withHeaders("authorizer.json", gitLab.headers()),
                withHeaders("authorizer.json", Headers.EMPTY)),
        List.of("\"Effect\":\"Allow\"", "\"issuer\":\"" + gitLab.url()));
  }

  private static FunctionScenario gateway(ModelStub models) {
    return new FunctionScenario(
        "gateway",
        Map.of(
            "_HANDLER",
            "io.sluice.gateway.GatewayFunction",
            "SLUICE_MODEL_ENDPOINT",
            models.url(),
            "SLUICE_MODEL_NAME",
            "bench"),
        () ->
            List.of(
                read("code_generations.json"),
                read("code_completions.json"),
                read("healthz.json"),
                new byte[] {'{', '}'}),
        List.of("\"statusCode\":200", "\0\0\0\0\0\0\0\0", "stub ", "reply"));
  }

  /** Fails when the answer to the first event is not the expected one. */
  void check(RuntimeApiAnswer answer) {
    for (String part : expected) {
      if (!answer.text().contains(part) || !answer.trailers().isEmpty()) {
        throw new IllegalStateException(
            "%s answered wrongly (no %s): %s%s%s"
                .formatted(function, part, answer.head(), answer.text(), answer.trailers()));
      }
    }
  }

  private static byte[] withHeaders(String name, Headers headers) {
    try {
      JsonObject event = (JsonObject) Json.read(read(name));
      Map<String, List<String>> values = new LinkedHashMap<>();
      headers.forEach(
          (header, value) -> values.computeIfAbsent(header, h -> new ArrayList<>()).add(value));
      JsonObject.Builder all = JsonObject.builder();
      JsonObject.Builder last = JsonObject.builder();
      values.forEach(
          (header, list) -> {
            all.put(header, JsonArray.of(list));
            last.put(header, list.getLast());
          });
      return Json.write(
          JsonObject.builder()
              .putAll(event)
              .put("headers", last.build())
              .put("multiValueHeaders", all.build())
              .build());
    } catch (JsonSyntaxException e) {
      throw new IllegalStateException(name + " is not JSON", e);
    }
  }

  private static byte[] read(String name) {
    try {
      return Files.readAllBytes(EVENTS.resolve(name));
    } catch (IOException e) {
      throw new IllegalStateException("no golden event " + name, e);
    }
  }
}
