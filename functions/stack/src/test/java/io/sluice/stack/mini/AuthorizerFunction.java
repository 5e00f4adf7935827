package io.sluice.stack.mini;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Allows, denies or breaks as the header {@code X-Who} says. */
public final class AuthorizerFunction implements RequestStreamHandler {

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
    if (!event.contains("\"type\":\"REQUEST\"")
        || !event.contains("\"methodArn\":\"arn:aws:execute-api:eu-central-1:123456789012:")) {
      throw new IOException("no event of a REQUEST authorizer: " + event);
    }
    if (event.contains("\"X-Who\":\"broken\"")) {
      throw new IOException("as told");
    }
    String effect = event.contains("\"X-Who\":\"friend\"") ? "Allow" : "Deny";
    String context2 =
        event.contains("\"X-Who\":\"nested\"")
            ? "{\"a\":{}}"
            : "{\"error\":\"who \\u0022are\\u0022 you\",\"n\":7}";
    String answer =
        event.contains("\"X-Who\":\"mute\"")
            ? "{}"
            : """
            {"principalId":"p","policyDocument":{"Version":"2012-10-17","Statement":[
              {"Action":"execute-api:Invoke","Effect":"%s","Resource":"arn:aws:execute-api:*:*:*/duo/*"}]},"context":%s}
            """
                .formatted(effect, context2);
    output.write(answer.getBytes(StandardCharsets.UTF_8));
  }
}
