package io.sluice.stack.aws;

import io.sluice.core.http.Headers;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.stack.function.FunctionError;
import io.sluice.stack.function.Functions;
import io.sluice.stack.function.InvocationAnswer;
import io.sluice.stack.function.NoSuchFunctionException;
import io.sluice.stack.function.ThrottledException;
import io.sluice.stack.http.HttpAnswer;
import io.sluice.stack.http.HttpMessage;
import io.sluice.stack.iam.AwsAction;
import io.sluice.testing.AwsRefusal;
import io.sluice.testing.InvokeStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lambda's InvokeWithResponseStream: it runs the function and sends each chunk in a frame of its
 * own as it comes.
 *
 * @param functions of the stack, which are made after the endpoints
 */
public record LambdaOperations(Supplier<Functions> functions) implements AwsEndpoint.Operations {

  private static final int MAX_PAYLOAD = 6 * 1024 * 1024;
  private static final Pattern PATH =
      Pattern.compile(
          "/2021-11-15/functions/([^/?]+)/response-streaming-invocations(?:\\?Qualifier=(.+))?");

  private Functions.Target target(HttpMessage request) throws AwsRefusal {
    Matcher path = PATH.matcher(request.target());
    if (!path.matches()) {
      throw new AwsRefusal("UnknownOperationException", request.target());
    }
    String name = URLDecoder.decode(String.valueOf(path.group(1)), StandardCharsets.UTF_8);
    String qualifier = path.group(2);
    try {
      return functions.get().find(qualifier == null ? name : name + ":" + qualifier);
    } catch (NoSuchFunctionException e) {
      throw new AwsRefusal("ResourceNotFoundException", String.valueOf(e.getMessage()));
    }
  }

  @Override
  public List<AwsAction> actions(String operation, JsonObject body, HttpMessage request)
      throws AwsRefusal {
    return List.of(new AwsAction("lambda:InvokeFunction", target(request).arn()));
  }

  @Override
  public void answer(String operation, JsonObject body, HttpMessage request, HttpAnswer answer)
      throws AwsRefusal, IOException, InterruptedException {
    if (request.body().length > MAX_PAYLOAD) {
      AwsEndpoint.error(answer, 413, "RequestTooLargeException", "payload too large");
      return;
    }
    InvocationAnswer invocation;
    try {
      invocation = target(request).invoke(request.body());
    } catch (ThrottledException e) {
      answer.send(
          429,
          Headers.builder()
              .add("x-amzn-ErrorType", "TooManyRequestsException")
              .add("Content-Type", "application/json")
              .build(),
          Json.write(
              JsonObject.builder()
                  .put("Reason", "ReservedFunctionConcurrentInvocationLimitExceeded")
                  .put("Type", "User")
                  .put("message", "Rate Exceeded.")
                  .build()));
      return;
    }
    answer.begin(
        200,
        Headers.builder()
            .add("Content-Type", "application/vnd.amazon.eventstream")
            .add("X-Amz-Executed-Version", "$LATEST")
            .add("x-amzn-RequestId", invocation.requestId())
            .build());
    for (byte[] chunk = invocation.next(); chunk != null; chunk = invocation.next()) {
      answer.write(frame("PayloadChunk", "application/octet-stream", chunk));
    }
    FunctionError error = invocation.error();
    JsonObject complete =
        error == null
            ? JsonObject.EMPTY
            : JsonObject.builder()
                .put("ErrorCode", error.type())
                .put("ErrorDetails", error.payload())
                .build();
    answer.write(frame("InvokeComplete", "application/json", Json.write(complete)));
    answer.end();
  }

  private static byte[] frame(String type, String contentType, byte[] payload) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(":message-type", "event");
    headers.put(":event-type", type);
    headers.put(":content-type", contentType);
    return InvokeStream.frame(headers, payload);
  }
}
