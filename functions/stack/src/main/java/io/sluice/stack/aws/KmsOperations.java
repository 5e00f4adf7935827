package io.sluice.stack.aws;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.stack.http.HttpAnswer;
import io.sluice.stack.http.HttpMessage;
import io.sluice.stack.iam.AwsAction;
import io.sluice.testing.AwsRefusal;
import io.sluice.testing.StubKeys;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** KMS: signing keys. */
public record KmsOperations(StubKeys keys) implements AwsEndpoint.Operations {

  @Override
  public List<AwsAction> actions(String operation, JsonObject body, HttpMessage request) {
    Map<String, List<String>> keys = new HashMap<>();
    for (String name : List.of("SigningAlgorithm", "MessageType")) {
      String value = body.text(name);
      if (value != null) {
        keys.put("kms:" + name, List.of(value));
      }
    }
    return List.of(new AwsAction("kms:" + operation, body.text("KeyId", ""), keys));
  }

  @Override
  public void answer(String operation, JsonObject body, HttpMessage request, HttpAnswer answer)
      throws AwsRefusal, IOException {
    JsonObject answered =
        switch (operation) {
          case "GetPublicKey" -> keys.publicKey(body);
          case "Sign" -> keys.sign(body);
          default -> throw new AwsRefusal("UnknownOperationException", operation);
        };
    AwsEndpoint.send(answer, 200, "application/x-amz-json-1.1", Json.write(answered));
  }
}
