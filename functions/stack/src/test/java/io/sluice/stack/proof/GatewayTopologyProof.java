package io.sluice.stack.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.ModelAnswer;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Router and backends in one function, by the parameter {@code Topology}. */
class GatewayTopologyProof {

  @Test
  void givenTheGatewayTopology_whenGitLabAsks_thenOneFunctionAnswersTheSame() throws Exception {
    try (PackagedStack packaged = PackagedStack.start(Map.of("Topology", "gateway"))) {
      PackagedRequestProof.StreamedAnswer.prove(packaged);
      packaged.model().byDefault(ModelAnswer.text("text[::-1]"));
      HttpResponse<String> answer = packaged.post("/v2/code/completions", PackagedStack.COMPLETION);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(packaged.stack().function("gateway").sandboxes()).isPositive();
      assertThat(packaged.stack().refusals()).isEmpty();
    }
  }
}
