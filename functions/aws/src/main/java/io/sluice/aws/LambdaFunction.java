package io.sluice.aws;

import io.sluice.core.http.Headers;
import io.sluice.core.time.Cancellation;
import io.sluice.core.time.Deadline;
import java.time.Clock;
import java.time.Duration;

/** A Lambda function that is invoked for a streamed answer. Thread-safe; blocks. */
public final class LambdaFunction implements AutoCloseable {

  /** How long invocations that Lambda does not accept are tried again. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final ServiceEndpoint endpoint;
  private final String name;
  private final String path;
  private final AwsOperation invoke;

  /**
   * The function of that name or ARN, with its alias if any ({@code name:live}); nothing is called
   * yet.
   *
   * @throws IllegalArgumentException if the name is none, or the endpoint that the environment
   *     names is no usable URL
   */
  public LambdaFunction(AwsEnvironment environment, String nameOrArn) {
    this.endpoint = new ServiceEndpoint(environment, AwsApi.LAMBDA, Clock.systemUTC());
    this.name = shortened(nameOrArn);
    this.path = "/2021-11-15/functions/" + encoded(nameOrArn) + "/response-streaming-invocations";
    this.invoke = new AwsOperation(AwsApi.LAMBDA, "lambda:InvokeFunction", "function " + name);
  }

  /** Without the account, which is nobody's business who reads an error. */
  private static String shortened(String nameOrArn) {
    int at = nameOrArn.indexOf(":function:");
    return at < 0 ? nameOrArn : nameOrArn.substring(at + ":function:".length());
  }

  private static String encoded(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!plain && "-_:$".indexOf(c) < 0) {
        throw new IllegalArgumentException("not a function's name or ARN: " + name);
      }
    }
    return name.replace(":", "%3A").replace("$", "%24");
  }

  /** The name, with its alias if any. */
  public String name() {
    return name;
  }

  /**
   * Invokes the function once ({@code InvokeWithResponseStream}) and waits for the answer's head.
   * What Lambda did not accept (throttled, its own failure, no connection) is tried again for at
   * most a second; what it may have accepted never is.
   *
   * @param payload the event
   * @param cancellation when it is cancelled, the connection is closed at once; that the function
   *     goes on is not ours to change
   * @param deadline until when the stream must have come to its end
   * @throws AwsException if there is no stream
   */
  public InvocationStream stream(byte[] payload, Cancellation cancellation, Deadline deadline)
      throws AwsException {
    ServiceEndpoint.Request request =
        new ServiceEndpoint.Request(
            invoke, path, Headers.of("Content-Type", "application/json"), payload, false);
    return endpoint.call(
        request,
        Deadline.after(PATIENCE),
        deadline,
        cancellation,
        response -> new InvocationStream(invoke, response));
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
