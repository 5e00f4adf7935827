package io.sluice.bench;

import io.sluice.testing.AwsStub;
import io.sluice.testing.GitLabStub;
import io.sluice.testing.ModelStub;

/**
 * What functions call: a GitLab, model servers, AWS. Thread-safe.
 *
 * @param gitLab whose users ask
 * @param models what answers
 * @param aws tables, keys, queues and functions
 */
record Neighbours(GitLabStub gitLab, ModelStub models, AwsStub aws) implements AutoCloseable {

  static Neighbours start() {
    return new Neighbours(GitLabStub.start(), ModelStub.start(), AwsStub.start());
  }

  @Override
  public void close() {
    gitLab.close();
    models.close();
    aws.close();
  }
}
