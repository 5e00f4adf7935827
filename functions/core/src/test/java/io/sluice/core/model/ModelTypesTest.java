package io.sluice.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelTypesTest {

  @Test
  void givenASecret_whenPrinted_thenItIsHidden() {
    Secret secret = new Secret("sk-1");
    assertThat(secret).hasToString("**********").isEqualTo(new Secret("sk-1"));
    assertThat(secret).hasSameHashCodeAs(new Secret("sk-1")).isNotEqualTo(new Secret("sk-2"));
    assertThat(secret.reveal()).isEqualTo("sk-1");
    assertThat(new Target.Metadata("gpt", "openai", "m", "http://x", secret).toString())
        .doesNotContain("sk-1");
  }

  @Test
  void givenTargets_whenLabelled_thenTheyNameTheModelAndNoEndpoint() {
    assertThat(new Target.Row("codestral", 3).label()).isEqualTo("codestral");
    assertThat(new Target.Metadata("gpt", "openai", "m", "http://x", null).label())
        .isEqualTo("metadata:openai/m");
  }

  @Test
  void givenTwoSamplings_whenCombined_thenSetMembersWin() {
    Sampling row = new Sampling(0.1, null, 96, List.of());
    Sampling prompt = new Sampling(0.9, 0.5, 64, List.of("x"));
    assertThat(row.or(prompt)).isEqualTo(new Sampling(0.1, 0.5, 96, List.of("x")));
    assertThat(Sampling.DEFAULT.or(prompt)).isEqualTo(prompt);
  }

  @Test
  void givenEvents_whenAskedWhetherTheyEndTheCall_thenOnlyFinishAndFailureDo() {
    assertThat(new ModelEvent.Finish("stop").terminal()).isTrue();
    assertThat(new ModelEvent.Failure(ModelEvent.Failure.Kind.TIMEOUT, 0, "late", null).terminal())
        .isTrue();
    assertThat(new ModelEvent.Text("x").terminal()).isFalse();
    assertThat(new ModelEvent.Vector(0, new double[2])).hasToString("Vector[0, 2 values]");
  }

  @Test
  void givenTimeouts_whenTheFirstEventIsMovedUp_thenTheRestStays() {
    Timeouts timeouts =
        new Timeouts(Duration.ofSeconds(50), Duration.ofSeconds(20), Duration.ofMinutes(14));
    assertThat(timeouts.withFirstEvent(Duration.ofSeconds(1)))
        .isEqualTo(
            new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(20), Duration.ofMinutes(14)));
    assertThat(Message.Role.ASSISTANT.wire()).isEqualTo("assistant");
    assertThat(Message.system("s").role()).isEqualTo(Message.Role.SYSTEM);
    assertThat(Message.assistant("a").content()).isEqualTo("a");
    assertThat(Message.user("u")).isEqualTo(new Message(Message.Role.USER, "u"));
  }
}
