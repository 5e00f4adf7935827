package io.sluice.stack.aws;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.stack.http.HttpAnswer;
import io.sluice.stack.http.HttpMessage;
import io.sluice.stack.iam.AwsAction;
import io.sluice.stack.template.Account;
import io.sluice.testing.AwsRefusal;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Secrets Manager: the current text of secrets. Thread-safe. */
public final class SecretOperations implements AwsEndpoint.Operations {

  private final Account account;
  private final Map<String, String> secrets = new ConcurrentHashMap<>();

  public SecretOperations(Account account) {
    this.account = account;
  }

  /** Has a secret of that name. */
  public void put(String name, String text) {
    secrets.put(name, text);
  }

  @Override
  public List<AwsAction> actions(String operation, JsonObject body, HttpMessage request) {
    return List.of(new AwsAction("secretsmanager:" + operation, arn(body.text("SecretId", ""))));
  }

  private String arn(String id) {
    return id.startsWith("arn:") ? id : account.arn("secretsmanager", "secret:" + id + "-a1b2c3");
  }

  @Override
  public void answer(String operation, JsonObject body, HttpMessage request, HttpAnswer answer)
      throws AwsRefusal, IOException {
    String id = body.text("SecretId", "");
    String name = id.replaceFirst("^arn:.*:secret:(.*)-[A-Za-z0-9]{6}$", "$1");
    String text = secrets.get(name);
    if (!operation.equals("GetSecretValue") || text == null) {
      throw new AwsRefusal(
          "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }
    JsonObject answered =
        JsonObject.builder()
            .put("ARN", arn(name))
            .put("Name", name)
            .put("SecretString", text)
            .put("VersionId", "00000000-0000-4000-8000-000000000001")
            .put("VersionStages", List.of("AWSCURRENT"))
            .build();
    AwsEndpoint.send(answer, 200, "application/x-amz-json-1.1", Json.write(answered));
  }
}
