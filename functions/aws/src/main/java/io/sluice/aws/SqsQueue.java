package io.sluice.aws;

import io.sluice.core.json.JsonObject;
import io.sluice.core.time.Deadline;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A standard SQS queue. Thread-safe; blocks. */
public final class SqsQueue implements AutoCloseable {

  private final JsonCalls calls;
  private final String url;
  private final AwsOperation sendMessage;

  /**
   * The queue of that URL; nothing is called yet. Requests go to the service's endpoint, whatever
   * host the URL names.
   *
   * @throws IllegalArgumentException if the endpoint that the environment names is no usable URL
   */
  public SqsQueue(AwsEnvironment environment, String url) {
    this.calls = new JsonCalls(environment, AwsApi.SQS, "1.0", "AmazonSQS");
    this.url = url;
    String name = url.substring(url.lastIndexOf('/') + 1);
    this.sendMessage = new AwsOperation(AwsApi.SQS, "sqs:SendMessage", "queue " + name);
  }

  /**
   * Sends a message; when this returns, SQS has accepted exactly that body. A message that is sent
   * again because its answer was lost may arrive twice.
   *
   * @param body characters that XML allows, at most 1 MiB in UTF-8
   * @param deadline until when; throttling and failures that pass are tried again until then
   * @throws AwsException if it was not accepted by then
   */
  public void send(String body, Deadline deadline) throws AwsException {
    JsonObject input = JsonObject.builder().put("QueueUrl", url).put("MessageBody", body).build();
    JsonObject answer = calls.call(sendMessage, "SendMessage", input, deadline);
    if (!md5(body).equals(answer.text("MD5OfMessageBody"))) {
      throw ErrorAnswers.protocol(sendMessage, "the answer's MD5 is not the message's", null);
    }
  }

  private static String md5(String body) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(body.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  @Override
  public void close() {
    calls.close();
  }
}
