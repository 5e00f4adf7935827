package io.sluice.stack.aws;

import io.sluice.core.json.JsonObject;
import io.sluice.stack.http.HttpAnswer;
import io.sluice.stack.http.HttpMessage;
import io.sluice.stack.iam.AwsAction;
import java.io.IOException;
import java.util.List;

/** DynamoDB: every call goes on to DynamoDB Local. */
public record DynamoDbOperations(Tables tables, JsonClient local)
    implements AwsEndpoint.Operations {

  @Override
  public List<AwsAction> actions(String operation, JsonObject body, HttpMessage request) {
    return tables.actions(operation, body);
  }

  @Override
  public void answer(String operation, JsonObject body, HttpMessage request, HttpAnswer answer)
      throws IOException, InterruptedException {
    JsonClient.Answer answered = local.send("DynamoDB_20120810." + operation, request.body());
    AwsEndpoint.send(answer, answered.status(), "application/x-amz-json-1.0", answered.body());
  }
}
