package io.sluice.router;

import static io.sluice.router.ScriptedBackend.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.model.Message;
import io.sluice.core.model.ModelCall;
import io.sluice.core.model.Sampling;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /v1/chat/{invokable}} (contract 5.6; gitlab-client 3.8). */
class LegacyChatTest {

  private static final String AGENT = "/v1/chat/agent";

  private final RouterFixture gateway = new RouterFixture();

  private static String body(String payload) {
    return """
    {"prompt_components":[{"type":"prompt","metadata":{"source":"GitLab EE","version":"17.3.0"},
     "payload":{%s}}]}
    """
        .formatted(payload);
  }

  @Test
  void givenTheConsoleCheckOfTheDocs_whenAnswered_thenItHasItsForm() {
    gateway.backend.answer(text("Hello ", "you"));

    RecordedAnswer answer =
        gateway.post(
            AGENT,
            body(
                """
                "content":[{"role":"user","content":"Hello"}],"provider":"litellm","model":"mistral",
                "model_endpoint":"https://llm.corp.example/v1","model_api_key":"k"\
                """));

    assertThat(answer.text())
        .isEqualTo(
            "{\"response\":\"Hello you\",\"metadata\":{\"provider\":\"litellm\","
                + "\"model\":\"mistral\",\"timestamp\":1790000000}}");
    ModelCall call = gateway.backend.lastCall();
    assertThat(((ModelCall.Chat) call.input()).messages()).containsExactly(Message.user("Hello"));
    assertThat(call.sampling()).isEqualTo(new Sampling(0.2, 0.95, 2048, List.of()));
  }

  @Test
  void givenAStream_whenAnswered_thenItIsRawText() {
    gateway.backend.answer(text("Hello ", "you"));

    RecordedAnswer answer =
        gateway.post(
            AGENT,
            body("\"content\":\"Hi\"").replace("{\"prompt_c", "{\"stream\":true,\"prompt_c"));

    assertThat(answer.headers().first("Content-Type"))
        .isEqualTo("text/event-stream; charset=utf-8");
    assertThat(answer.text()).isEqualTo("Hello you");
  }

  @Test
  void givenParameters_whenAsked_thenLitellmIgnoresThemAndOthersDoNot() {
    String parameters =
        """
        "content":"Hi","params":{"stop_sequences":["x"],"temperature":0.7,"max_tokens_to_sample":9}\
        """;

    gateway.post(AGENT, body("\"provider\":\"litellm\"," + parameters));
    assertThat(gateway.backend.lastCall().sampling().maxTokens()).isEqualTo(2048);

    gateway.post(AGENT, body(parameters));
    assertThat(gateway.backend.lastCall().sampling())
        .isEqualTo(new Sampling(0.7, null, 9, List.of("x")));

    gateway.post(AGENT, body("\"content\":\"Hi\",\"params\":{}"));
    assertThat(gateway.backend.lastCall().sampling())
        .isEqualTo(new Sampling(0.2, null, 4096, List.of("\n\nHuman", "Observation:")));
  }

  @ParameterizedTest
  @CsvSource({
    "agent, duo_chat, duo_chat",
    "explain_code, duo_chat, duo_chat_explain_code",
    "write_tests, duo_chat, duo_chat_write_tests",
    "refactor_code, duo_chat, duo_chat_refactor_code",
    "explain_vulnerability, explain_vulnerability, duo_chat_explain_vulnerability",
    "summarize_comments, summarize_comments, duo_chat_summarize_comments",
    "troubleshoot_job, troubleshoot_job, duo_chat_troubleshoot_job"
  })
  void givenAName_whenInvoked_thenItTakesItsScopeAndItsFeaturesRows(
      String name, String scope, String feature) {
    gateway.scopes = java.util.Set.of(scope);
    assertThat(gateway.post("/v1/chat/" + name, body("\"content\":\"Hi\"")).status())
        .isEqualTo(200);
    assertThat(gateway.table.lastFeature).isEqualTo(feature);

    gateway.scopes = java.util.Set.of("complete_code");
    RecordedAnswer refused = gateway.post("/v1/chat/" + name, body("\"content\":\"Hi\""));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.detail()).isEqualTo("Unauthorized to access " + scope);
  }

  @Test
  void givenAnotherName_whenInvoked_thenNotFound() {
    RecordedAnswer answer = gateway.post("/v1/chat/nope", body("\"content\":\"Hi\""));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text()).isEqualTo("{\"detail\":\"Not found\"}");
  }
}
