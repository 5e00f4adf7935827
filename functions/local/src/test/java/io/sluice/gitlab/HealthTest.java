package io.sluice.gitlab;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.ModelAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an administrator presses, and reads when a model or its settings are wrong. */
@ExtendWith(SharedDuo.class)
class HealthTest {

  private final Duo duo;

  HealthTest(Duo duo) {
    this.duo = duo;
  }

  private static ModelSetting setting(String endpoint) {
    return new ModelSetting("gpt", endpoint, "key", "custom_openai/any");
  }

  @Test
  void givenAModel_whenChecked_thenAllIsWell() {
    duo.says("ok");
    HealthChecks checks = new HealthChecks(duo.gitLab());
    assertThat(checks.healthz()).isEmpty();
    assertThat(checks.host()).isEmpty();
    assertThat(checks.completion()).isEmpty();
    assertThat(checks.testConnection(setting(duo.model.url()))).isEmpty();
  }

  @Test
  void givenAPathOrASlashBehindTheUrl_whenProbed_thenItIsTheSameGateway() throws Exception {
    duo.says("ok");
    try (Wire wire = new Wire(duo.url() + "/")) {
      assertThat(new HealthChecks(duo.at(wire)).completion()).isEmpty();
    }
  }

  @Test
  void givenAModelThatSaysNothing_whenProbed_thenThatIsSaid() {
    duo.says("");
    assertThat(new HealthChecks(duo.gitLab()).completion())
        .isEqualTo("Response doesn't contain a completion");
  }

  @Test
  void givenAWrongKey_whenTested_thenTheModelsStatusIsSaid() {
    duo.does(ModelAnswer.status(401, "wrong key"));
    assertThat(new HealthChecks(duo.gitLab()).testConnection(setting(duo.model.url())))
        .isEqualTo("The self-hosted model server returned code 401: Unauthorized");
  }

  @Test
  void givenAnEndpointThatIsNotAllowed_whenTested_thenTheGatewaysReasonIsSaid() {
    assertThat(new HealthChecks(duo.gitLab()).testConnection(setting("http://127.0.0.1:1/v1")))
        .startsWith("AI Gateway returned code 4")
        .contains("--allow-endpoint");
  }

  @Test
  void givenNoGateway_whenChecked_thenTheConnectionIsSaid() throws Exception {
    try (Wire wire = new Wire("http://127.0.0.1:1")) {
      HealthChecks checks = new HealthChecks(duo.at(wire));
      assertThat(checks.healthz()).contains("CONNECTION");
      assertThat(checks.host()).contains("CONNECTION");
    }
  }
}
