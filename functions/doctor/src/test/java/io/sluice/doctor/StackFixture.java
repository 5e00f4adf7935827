package io.sluice.doctor;

import io.sluice.testing.GitLabStub;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A healthy deployed stack, its gateway and its GitLab, started anew for each test. */
abstract class StackFixture {

  GatewayStub gateway;
  GitLabStub gitLab;
  AwsDouble aws;

  @BeforeEach
  void start() {
    gateway = new GatewayStub();
    gitLab = GitLabStub.start();
    aws = new AwsDouble(gateway.url(), gitLab.url());
    gateway.on("/v1/prompts/model_configuration%2Fcheck", gateway.json(200, "{}"));
  }

  @AfterEach
  void stop() {
    gateway.close();
    gitLab.close();
    aws.close();
  }

  /** What the doctor finds there. */
  Outcome examined() throws InterruptedException {
    return Outcome.of(
        aws::clients,
        Map.of(Flags.TOKEN_VARIABLE, gitLab.token().build()),
        "--stack=duo",
        "--region=eu-central-1",
        "--json");
  }
}
