package io.sluice.router.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Ability;
import io.sluice.config.CompletionMode;
import io.sluice.config.ModelFamily;
import io.sluice.config.ModelRow;
import io.sluice.config.Provider;
import io.sluice.core.model.Backend;
import io.sluice.core.model.Message;
import io.sluice.core.model.ModelCall;
import io.sluice.core.model.ModelEvent;
import io.sluice.core.model.Sampling;
import io.sluice.core.model.Target;
import io.sluice.core.model.Timeouts;
import io.sluice.core.time.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProviderBackendsTest {

  private final List<ModelEvent> events = new ArrayList<>();
  private final ProviderBackends backends =
      new ProviderBackends(
          (name, snapshot) ->
              name.equals("gone") ? Optional.empty() : Optional.of(row(Provider.valueOf(name))),
          Map.of(Provider.OPENAI, answering("openai"), Provider.AZURE, answering("azure")));

  @Test
  void givenARow_whenCalled_thenItsProviderAnswers() throws Exception {
    call(new Target.Row("AZURE", 1));
    call(new Target.Row("gone", 1));

    assertThat(events)
        .containsExactly(new ModelEvent.Finish("azure"), new ModelEvent.Finish("openai"));
  }

  @Test
  void givenMetadata_whenCalled_thenItsProviderAnswers() throws Exception {
    call(new Target.Metadata("mistral", "azure", "m", null, null));
    call(new Target.Metadata("mistral", "custom_openai", "m", null, null));

    assertThat(events)
        .containsExactly(new ModelEvent.Finish("azure"), new ModelEvent.Finish("openai"));
  }

  @Test
  void givenAProviderWithoutBackend_whenCalled_thenItFailsByName() throws Exception {
    call(new Target.Row("BEDROCK", 1));

    assertThat(events).hasSize(1);
    assertThat(events.getFirst())
        .isInstanceOfSatisfying(
            ModelEvent.Failure.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(ModelEvent.Failure.Kind.CONFIGURATION);
              assertThat(failure.message()).contains("bedrock");
            });
  }

  private void call(Target target) throws Exception {
    Timeouts timeouts =
        new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
    backends.call(
        new ModelCall(
            "id",
            target,
            new ModelCall.Chat(List.of(Message.user("x"))),
            Sampling.DEFAULT,
            false,
            false,
            timeouts),
        new Cancellation(),
        events::add);
  }

  private static Backend answering(String name) {
    return (call, cancellation, sink) -> sink.accept(new ModelEvent.Finish(name));
  }

  private static ModelRow row(Provider provider) {
    return new ModelRow(
        provider.name(),
        provider,
        ModelFamily.GENERAL,
        "m",
        null,
        null,
        CompletionMode.CHAT,
        null,
        1_000,
        100,
        Set.of(Ability.STREAM),
        Set.of());
  }
}
