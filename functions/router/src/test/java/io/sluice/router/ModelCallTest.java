package io.sluice.router;

import static io.sluice.router.RouterFixture.COMMIT_MESSAGE;
import static io.sluice.router.ScriptedBackend.failure;
import static io.sluice.router.ScriptedBackend.status;
import static io.sluice.router.ScriptedBackend.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Ability;
import io.sluice.config.ModelFamily;
import io.sluice.core.json.Json;
import io.sluice.core.model.Message;
import io.sluice.core.model.ModelCall;
import io.sluice.core.model.ModelEvent;
import io.sluice.core.model.ModelEvent.Failure;
import io.sluice.router.call.Patience;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Retry, fallback and deadlines (design, decision 9). */
class ModelCallTest {

  private static final String BODY = "{\"inputs\":{\"diff\":\"d\"}}";
  private static final String STREAM = "{\"inputs\":{\"diff\":\"d\"},\"stream\":true}";

  private final RouterFixture gateway = new RouterFixture();

  private void withFallback() {
    gateway.table.fallbacks.add(gateway.table.candidate("second", ModelFamily.GPT));
  }

  private List<String> asked() {
    return gateway.backend.calls.stream().map(call -> call.target().label()).toList();
  }

  @Test
  void givenAPassingFailure_whenAsked_thenTheSameTargetIsAskedOnceMore() {
    gateway.backend.answer(status(503), text("ok"));

    assertThat(gateway.post(COMMIT_MESSAGE, BODY).text()).isEqualTo("\"ok\"");
    assertThat(asked()).containsExactly("first", "first");
    assertThat(Json.text(gateway.closing()))
        .contains("\"outcome\":\"status\",\"status\":503", "\"outcome\":\"ok\"");
  }

  @Test
  void givenALastingFailure_whenAsked_thenTheFallbackAnswersInItsOwnWords() {
    withFallback();
    gateway.backend.answer(
        failure(Failure.Kind.CONNECTION, 0, null),
        failure(Failure.Kind.CONNECTION, 0, null),
        text("ok"));

    assertThat(gateway.post(COMMIT_MESSAGE, BODY).status()).isEqualTo(200);
    assertThat(asked()).containsExactly("first", "first", "second");
    assertThat(gateway.log)
        .anyMatch(line -> line.text("error_detail", "").equals("what the server said"));
  }

  @Test
  void givenAHostThatStopsSoon_whenAsked_thenNoCallOutlivesIt() {
    gateway.remaining = Duration.ofSeconds(30);

    assertThat(gateway.post(COMMIT_MESSAGE, STREAM).status()).isEqualTo(200);
    ModelCall call = gateway.backend.lastCall();
    Duration usable = Duration.ofSeconds(28);
    assertThat(call.timeouts().firstEvent()).isLessThanOrEqualTo(usable);
    assertThat(call.timeouts().total()).isLessThanOrEqualTo(usable).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 422})
  void givenAVerdictOnTheRequest_whenAsked_thenNobodyElseIsAsked(int status) {
    withFallback();
    gateway.backend.answer(status(status));

    assertThat(gateway.post(COMMIT_MESSAGE, BODY).status()).isEqualTo(421);
    assertThat(asked()).containsExactly("first");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 404, 429})
  void givenAFailureThatARetryCannotMend_whenAsked_thenTheFallbackIsAskedAtOnce(int status) {
    withFallback();
    gateway.backend.answer(status(status), text("ok"));

    assertThat(gateway.post(COMMIT_MESSAGE, BODY).status()).isEqualTo(200);
    assertThat(asked()).containsExactly("first", "second");
  }

  @Test
  void givenAServerThatWantsToBeLeftAlone_whenAsked_thenThereIsNoRetry() {
    gateway.backend.answer(failure(Failure.Kind.STATUS, 503, 30L));

    assertThat(gateway.post(COMMIT_MESSAGE, BODY).status()).isEqualTo(421);
    assertThat(asked()).containsExactly("first");
  }

  @Test
  void givenAFailureAfterTheFirstText_whenStreamed_thenNobodyElseIsAsked() {
    withFallback();
    gateway.backend.answer(
        ScriptedBackend.events(
            new ModelEvent.Text("a"), new Failure(Failure.Kind.CONNECTION, 0, "lost", null)));

    assertThat(gateway.post(COMMIT_MESSAGE, STREAM).aborted()).isTrue();
    assertThat(asked()).containsExactly("first");
  }

  @Test
  void givenAModelThatHangs_whenThereIsAFallback_thenItsTimeIsKeptFree() {
    withFallback();
    gateway.backend.answer(failure(Failure.Kind.TIMEOUT, 0, null), text("ok"));

    gateway.post(COMMIT_MESSAGE, BODY);

    assertThat(gateway.backend.calls.getFirst().timeouts().firstEvent())
        .isLessThanOrEqualTo(Duration.ofMillis(27_500));
    assertThat(gateway.backend.calls.getLast().timeouts().firstEvent())
        .isGreaterThan(Duration.ofMillis(27_500));
    assertThat(gateway.backend.lastCall().timeouts().idle()).isEqualTo(Duration.ofSeconds(50));
    assertThat(gateway.backend.lastCall().timeouts().total()).isEqualTo(Duration.ofMinutes(14));
  }

  @Test
  void givenADeadlineThatHasPassed_whenAsked_thenNoModelIsCalled() {
    gateway.patience = impatient(Duration.ZERO);

    RecordedAnswer answer = gateway.post(COMMIT_MESSAGE, BODY);

    assertThat(answer.detail()).isEqualTo("408: Request Timeout");
    assertThat(gateway.backend.calls).isEmpty();
  }

  @Test
  void givenAModelThatOnlyReasons_whenTheDeadlinePasses_thenItsCallEnds() {
    gateway.patience = impatient(Duration.ofMillis(30));
    gateway.backend.answer(
        (call, cancellation, events) -> {
          while (true) {
            events.accept(new ModelEvent.Reasoning("hm"));
            Thread.onSpinWait();
          }
        });

    assertThat(gateway.post(COMMIT_MESSAGE, STREAM).detail()).isEqualTo("408: Request Timeout");
  }

  @Test
  void givenABackendThatReportsNoEnd_whenAsked_thenTheAnswerIsNotWhole() {
    gateway.backend.answer(ScriptedBackend.events(new ModelEvent.Text("half")));

    assertThat(gateway.post(COMMIT_MESSAGE, BODY).detail()).isEqualTo("502: Bad Gateway");
    assertThat(gateway.closing().text("error_code")).isEqualTo("model_truncated");
  }

  @Test
  void givenATargetWithoutSystemMessages_whenAsked_thenTheyJoinTheUsers() {
    gateway.table.supports = EnumSet.of(Ability.STREAM);

    gateway.post(COMMIT_MESSAGE, BODY);

    ModelCall call = gateway.backend.lastCall();
    assertThat(((ModelCall.Chat) call.input()).messages())
        .isNotEmpty()
        .noneMatch(message -> message.role() == Message.Role.SYSTEM);
    assertThat(call.sampling().stop()).isEmpty();
  }

  @Test
  void givenATargetThatCannotStream_whenStreamed_thenItIsAskedForAWhole() {
    gateway.table.supports = EnumSet.noneOf(Ability.class);

    assertThat(gateway.post(COMMIT_MESSAGE, STREAM).text()).isEqualTo("stub reply");
    assertThat(gateway.backend.lastCall().stream()).isFalse();
  }

  @Test
  void givenTheCacheHeader_whenAsked_thenTheBackendIsTold() {
    gateway.post(COMMIT_MESSAGE, BODY);
    assertThat(gateway.backend.lastCall().promptCache()).isTrue();

    gateway.header("X-Gitlab-Model-Prompt-Cache-Enabled", "false");
    gateway.post(COMMIT_MESSAGE, BODY);
    assertThat(gateway.backend.lastCall().promptCache()).isFalse();
  }

  @Test
  void givenAnAuditLogThatFails_whenAsked_thenNoModelIsCalled() {
    RecordedAnswer answer = new RecordedAnswer(piece -> {});
    gateway.sendUnaudited(COMMIT_MESSAGE, BODY, answer);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(gateway.backend.calls).isEmpty();
  }

  private static Patience impatient(Duration time) {
    return new Patience(time, time, time, Duration.ofSeconds(50), Duration.ofMinutes(14));
  }
}
