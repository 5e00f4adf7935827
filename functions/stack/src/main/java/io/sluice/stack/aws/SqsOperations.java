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

/** SQS: every call goes on to ElasticMQ. */
public record SqsOperations(Queues queues, JsonClient local, Account account)
    implements AwsEndpoint.Operations {

  @Override
  public List<AwsAction> actions(String operation, JsonObject body, HttpMessage request)
      throws AwsRefusal {
    String url = body.text("QueueUrl", "");
    String prefix =
        "https://sqs.%s.%s/%s/".formatted(account.region(), account.urlSuffix(), account.id());
    if (!url.startsWith(prefix)) {
      throw new AwsRefusal("QueueDoesNotExist", "The specified queue does not exist: " + url);
    }
    return List.of(
        new AwsAction("sqs:" + operation, account.arn("sqs", url.substring(prefix.length()))));
  }

  @Override
  public void answer(String operation, JsonObject body, HttpMessage request, HttpAnswer answer)
      throws IOException, InterruptedException {
    JsonClient.Answer answered =
        local.send("AmazonSQS." + operation, Json.write(queues.local(body)));
    AwsEndpoint.send(answer, answered.status(), "application/x-amz-json-1.0", answered.body());
  }
}
