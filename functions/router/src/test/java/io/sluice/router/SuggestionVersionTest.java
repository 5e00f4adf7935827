package io.sluice.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.model.ModelCall;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Code generation accepts any prompt version: what isn't there is the newest 1.x (contract 3.6).
 */
class SuggestionVersionTest {

  private final RouterFixture gateway = new RouterFixture();

  @ParameterizedTest
  @ValueSource(strings = {"^1.0.0", "1.0.0", "3.0.2-dev", "^2.0.1", "my-tag", ""})
  void givenAnyVersion_whenCodeIsGenerated_thenAPromptAnswers(String version) {
    gateway.backend.answer(ScriptedBackend.text("return a + b"));

    RecordedAnswer answer =
        gateway.post(
            RouterFixture.V4,
            """
            {"prompt_components":[{"type":"code_editor_generation","payload":{"file_name":"a.py",
             "content_above_cursor":"# zq-above\\n","content_below_cursor":"",
             "prompt_id":"code_suggestions/generations","prompt_version":"%s",
             "prompt_enhancer":{"user_instruction":"zq-wish"}}}],
             "model_metadata":{"provider":"openai","name":"mistral",
             "endpoint":"https://llm.corp.example/v1","identifier":"custom_openai/m"}}
            """
                .formatted(version));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(((ModelCall.Chat) gateway.backend.lastCall().input()).messages().getLast().content())
        .containsOnlyOnce("zq-above")
        .containsOnlyOnce("zq-wish");
  }
}
