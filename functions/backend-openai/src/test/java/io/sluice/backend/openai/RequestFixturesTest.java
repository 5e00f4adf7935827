package io.sluice.backend.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Ability;
import io.sluice.config.CompletionMode;
import io.sluice.config.ModelFamily;
import io.sluice.config.ModelRow;
import io.sluice.config.Provider;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonNull;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import io.sluice.core.model.ModelProtocol;
import io.sluice.core.model.Secret;
import io.sluice.core.model.SecretStore.StoredSecret;
import io.sluice.testing.ModelStub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What goes over the wire, case by case: each file of {@code requests} holds a {@code call} of the
 * model protocol, the {@code row} that it names, if any, and the {@code request} that the model
 * server must see: path, whole body, and headers ({@code null} for one that must not be sent).
 * {@code @URL@} stands for the server's base URL. To add a case, add a file.
 */
class RequestFixturesTest {

  private static final Path FOLDER = Path.of("src/test/resources/requests");

  static Stream<Path> cases() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givenACall_whenMade_thenTheRequestOfItsFixture(Path file) throws Exception {
    try (BackendFixture fixture = new BackendFixture()) {
      String text = Files.readString(file).replace("@URL@", fixture.stub.url());
      JsonObject given = (JsonObject) Json.read(text);
      JsonObject row = given.object("row");
      if (row != null) {
        fixture.rows.put("row", row(row, fixture.stub.url()));
        fixture.secrets.put("key", new StoredSecret(new Secret("row-key"), List.of()));
      }
      byte[] call =
          Json.text(Objects.requireNonNull(given.object("call"))).getBytes(StandardCharsets.UTF_8);
      fixture.events(ModelProtocol.readCall(call));
      assertThat(fixture.stub.calls()).as("the model server was called").hasSize(1);
      check(Objects.requireNonNull(given.object("request")), fixture.stub.lastCall());
    }
  }

  private static void check(JsonObject expected, ModelStub.RecordedCall call) {
    assertThat(call.path()).isEqualTo(expected.text("path"));
    assertThat(call.body()).isEqualTo(expected.object("body"));
    JsonObject headers = expected.object("headers");
    if (headers != null) {
      headers
          .members()
          .forEach(
              (name, value) ->
                  assertThat(call.header(name))
                      .as(name)
                      .isEqualTo(value == JsonNull.NULL ? null : headers.text(name)));
    }
  }

  private static ModelRow row(JsonObject json, String url) {
    Set<Ability> supports = EnumSet.noneOf(Ability.class);
    for (String name : texts(json.array("supports"), "stream", "system", "stop", "prefill")) {
      supports.add(Ability.valueOf(name.toUpperCase(Locale.ROOT)));
    }
    return new ModelRow(
        "row",
        Provider.valueOf(json.text("provider", "openai").toUpperCase(Locale.ROOT)),
        ModelFamily.named(json.text("family", "general")).orElseThrow(),
        json.text("model", "m"),
        url,
        null,
        CompletionMode.CHAT,
        json.text("secret"),
        32_000,
        4_096,
        supports,
        texts(json.array("omit")));
  }

  private static Set<String> texts(
      @org.jspecify.annotations.Nullable JsonArray array, String... usual) {
    Set<String> texts = new HashSet<>();
    if (array == null) {
      return Set.of(usual);
    }
    for (JsonValue item : array) {
      texts.add(((JsonString) item).value());
    }
    return texts;
  }
}
