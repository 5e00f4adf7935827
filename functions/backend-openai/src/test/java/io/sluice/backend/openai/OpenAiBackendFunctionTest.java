package io.sluice.backend.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.model.ModelCall;
import io.sluice.core.model.ModelEvent;
import io.sluice.core.model.ModelEvent.Failure;
import io.sluice.core.model.ModelProtocol;
import io.sluice.testing.ModelAnswer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenAiBackendFunctionTest {

  private static final com.amazonaws.services.lambda.runtime.Context CONTEXT =
      (com.amazonaws.services.lambda.runtime.Context)
          Proxy.newProxyInstance(
              OpenAiBackendFunctionTest.class.getClassLoader(),
              new Class<?>[] {com.amazonaws.services.lambda.runtime.Context.class},
              (_, _, _) -> null);

  private static OpenAiBackendFunction function(Map<String, String> environment) {
    return OpenAiBackendFunction.of(
        environment, (_, _) -> Optional.empty(), _ -> Optional.empty(), (_, _, _, _) -> {});
  }

  private static List<ModelEvent> events(OpenAiBackendFunction function, byte[] call)
      throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    function.handleRequest(new ByteArrayInputStream(call), out, CONTEXT);
    List<ModelEvent> events = new ArrayList<>();
    for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
      events.add(ModelProtocol.readEvent(line.getBytes(StandardCharsets.UTF_8)));
    }
    return events;
  }

  @Test
  void givenACall_whenHandled_thenItsEventsAreLines() throws Exception {
    try (BackendFixture fixture = new BackendFixture()) {
      fixture.stub.model("m", ModelAnswer.text("a\n", "b"));
      ModelCall call = fixture.chat(fixture.metadata("openai", "m", null), true);
      assertThat(
              events(
                  function(
                      Map.of("SLUICE_ALLOW_ENDPOINTS", " https://x.example " + fixture.stub.url())),
                  ModelProtocol.write(call)))
          .containsExactly(
              new ModelEvent.Text("a\n"),
              new ModelEvent.Text("b"),
              new ModelEvent.Usage(11, 7, 3),
              new ModelEvent.Finish("stop"));
    }
  }

  @Test
  void givenNoAllowList_whenHandled_thenRefusedNamingTheVariable() throws Exception {
    try (BackendFixture fixture = new BackendFixture()) {
      ModelCall call = fixture.chat(fixture.metadata("openai", "m", null), true);
      Failure failure = (Failure) events(function(Map.of()), ModelProtocol.write(call)).getLast();
      assertThat(failure.kind()).isEqualTo(Failure.Kind.REFUSED);
      assertThat(failure.message()).contains("SLUICE_ALLOW_ENDPOINTS");
    }
  }

  @Test
  void givenNoCall_whenHandled_thenAFailure() throws Exception {
    Failure failure = (Failure) events(function(Map.of()), new byte[] {'{', '}'}).getLast();
    assertThat(failure.kind()).isEqualTo(Failure.Kind.CONFIGURATION);
  }

  @Test
  void givenABadVariable_whenMade_thenItIsNamed(@TempDir Path folder) throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.pem"));
    assertThatThrownBy(() -> function(Map.of("SLUICE_ALLOW_ENDPOINTS", "x")))
        .hasMessageContaining("SLUICE_ALLOW_ENDPOINTS");
    assertThatThrownBy(() -> function(Map.of("SLUICE_CA_BUNDLE", empty.toString())))
        .hasMessageContaining("empty.pem");
  }
}
