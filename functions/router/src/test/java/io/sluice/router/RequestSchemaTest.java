package io.sluice.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Resolution;
import io.sluice.core.http.Body;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests and what they get, a file each in {@code src/test/resources/requests}: {@code path},
 * {@code body} (or {@code text}, sent as it is), {@code status} and maybe {@code detail} (a part of
 * the answer), {@code code} (of the audit record), {@code scopes}, {@code method} and {@code
 * refused} (what the routing table says). In a string, {@code $N*x} stands for N times x.
 */
class RequestSchemaTest {

  private static final Path FOLDER = Path.of("src/test/resources/requests");

  static Stream<Path> requests() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("requests")
  void givenARequest_whenAsked_thenItGetsWhatItsFileSays(Path file)
      throws IOException, JsonSyntaxException {
    JsonObject request = (JsonObject) Json.read(Files.readAllBytes(file));
    RouterFixture gateway = new RouterFixture();
    JsonArray scopes = request.array("scopes");
    if (scopes != null) {
      gateway.scopes =
          scopes.items().stream().map(RequestSchemaTest::text).collect(Collectors.toSet());
    }
    String refused = request.text("refused");
    if (refused != null) {
      gateway.table.refuse(Resolution.Reason.valueOf(refused), "change row x");
    }

    RecordedAnswer answer =
        gateway.send(
            request.text("method", "POST"),
            request.text("path", ""),
            new Body.Complete(bytes(request)));

    assertThat(answer.text()).contains(request.text("detail", ""));
    assertThat(answer.status())
        .isEqualTo(Objects.requireNonNull(request.number("status")).intValue());
    assertThat(gateway.closing().text("error_code")).isEqualTo(request.text("code"));
  }

  @Test
  void givenTheTableOfErrors_whenLookedUp_thenEachRowHasARequestOfEachStatus()
      throws IOException, JsonSyntaxException {
    Set<String> tested = new LinkedHashSet<>();
    for (Path file : requests().toList()) {
      JsonObject request = (JsonObject) Json.read(Files.readAllBytes(file));
      tested.add(request.text("code") + " " + request.number("status"));
    }
    tested.addAll(
        List.of("body_refused 408", "body_refused 413", "body_refused 415")); // RouterTest
    tested.add("bad_prompt_row 503"); // PromptTest
    tested.add("docs_index 503"); // SearchTest

    Set<String> documented = new TreeSet<>();
    for (List<String> row : ErrorTableTest.refusals()) {
      for (String status : row.get(1).split(", ", -1)) {
        documented.add(row.getFirst() + " " + status);
      }
    }
    assertThat(tested).containsAll(documented);
  }

  private static byte[] bytes(JsonObject request) {
    String text = request.text("text");
    JsonValue body = request.get("body");
    return (text != null ? text : body == null ? "" : Json.text(expand(body)))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static JsonValue expand(JsonValue value) {
    return switch (value) {
      case JsonObject object -> {
        JsonObject.Builder expanded = JsonObject.builder();
        object.members().forEach((name, member) -> expanded.put(name, expand(member)));
        yield expanded.build();
      }
      case JsonArray array -> array(array);
      case JsonString string -> new JsonString(repeated(string.value()));
      default -> value;
    };
  }

  /** An array of {@code "$N*"} and one item stands for N times the item. */
  private static JsonArray array(JsonArray array) {
    if (array.size() == 2 && array.get(0) instanceof JsonString count) {
      if (count.value().matches("\\$\\d+\\*")) {
        int times = Integer.parseInt(count.value().substring(1, count.value().length() - 1));
        return new JsonArray(java.util.Collections.nCopies(times, expand(array.get(1))));
      }
    }
    return new JsonArray(array.items().stream().map(RequestSchemaTest::expand).toList());
  }

  private static String repeated(String text) {
    int star = text.indexOf('*');
    return text.matches("\\$\\d+\\*.+")
        ? text.substring(star + 1).repeat(Integer.parseInt(text.substring(1, star)))
        : text;
  }

  private static String text(JsonValue value) {
    return ((JsonString) value).value();
  }
}
