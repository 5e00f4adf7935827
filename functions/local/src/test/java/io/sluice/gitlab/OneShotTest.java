package io.sluice.gitlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.json.JsonObject;
import io.sluice.testing.ModelAnswer;
import io.sluice.testing.ModelStub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The features that ask once: what Rails takes, tries again and gives up. */
@ExtendWith(SharedDuo.class)
class OneShotTest {

  private static final JsonObject DIFF = JsonObject.of(Map.of("diff", "-a\n+b\n"));

  private final Duo duo;

  OneShotTest(Duo duo) {
    this.duo = duo;
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2"})
  void givenEitherVersion_whenAsked_thenTheTextIsTheSame(String version) throws Exception {
    duo.says("Rename a to b");
    assertThat(
            new OneShot(duo.gitLab("mistral"), version).complete("generate_commit_message", DIFF))
        .isEqualTo("Rename a to b");
  }

  @Test
  void givenNoScope_whenAsked_thenRailsGivesUp() {
    OneShot oneShot = new OneShot(duo.gitLab(List.of("duo_chat")), "v1");
    assertThatThrownBy(() -> oneShot.complete("generate_commit_message", DIFF))
        .isInstanceOfSatisfying(DuoException.class, e -> assertThat(e.status()).isEqualTo(403));
    assertThat(duo.pauses).isEmpty();
  }

  @Test
  void givenAModelThatFails_whenAsked_thenRailsDoesNotTryAgain() {
    duo.does(ModelAnswer.status(503, "busy"));
    OneShot oneShot = new OneShot(duo.gitLab(), "v1");
    int before = duo.gitLab().wire().calls().size();
    assertThatThrownBy(() -> oneShot.complete("generate_commit_message", DIFF))
        .isInstanceOfSatisfying(DuoException.class, e -> assertThat(e.status()).isEqualTo(421));
    assertThat(duo.gitLab().wire().calls()).hasSize(before + 1);
  }

  @Test
  void givenATooBusyGateway_whenAsked_thenRailsTriesThreeTimesWithGrowingPauses() throws Exception {
    try (ModelStub busy = ModelStub.start();
        Wire wire = new Wire(busy.url())) {
      busy.byDefault(
          ModelAnswer.status(429, "slow down"),
          ModelAnswer.status(429, "slow down"),
          ModelAnswer.raw("application/json", "\"Rename a to b\""));
      assertThat(new OneShot(duo.at(wire), "v1").complete("generate_commit_message", DIFF))
          .isEqualTo("Rename a to b");
      assertThat(duo.pauses).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4));
      duo.pauses.clear();
    }
  }
}
