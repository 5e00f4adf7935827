package io.sluice.aws;

import io.sluice.core.json.JsonObject;
import io.sluice.core.model.Secret;
import io.sluice.core.time.Deadline;
import java.util.Optional;

/** The secrets of Secrets Manager. Keeps none. Thread-safe; blocks. */
public final class AwsSecrets implements AutoCloseable {

  private static final String ACTION = "secretsmanager:GetSecretValue";

  private final JsonCalls calls;

  /**
   * The environment's secrets; nothing is called yet.
   *
   * @throws IllegalArgumentException if the endpoint that the environment names is no usable URL
   */
  public AwsSecrets(AwsEnvironment environment) {
    this.calls = new JsonCalls(environment, AwsApi.SECRETS_MANAGER, "1.1", "secretsmanager");
  }

  /**
   * Reads a secret's current value.
   *
   * @param name its name or ARN
   * @param deadline until when; throttling and failures that pass are tried again until then
   * @return empty if there is no such secret, or none with a text value
   * @throws AwsException if it can't be read
   */
  public Optional<Secret> read(String name, Deadline deadline) throws AwsException {
    AwsOperation operation = new AwsOperation(AwsApi.SECRETS_MANAGER, ACTION, "secret " + name);
    JsonObject input = JsonObject.builder().put("SecretId", name).build();
    try {
      String value = calls.call(operation, "GetSecretValue", input, deadline).text("SecretString");
      return value == null ? Optional.empty() : Optional.of(new Secret(value));
    } catch (AwsException e) {
      if (e.code().equals("ResourceNotFoundException")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void close() {
    calls.close();
  }
}
