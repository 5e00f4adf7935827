package io.sluice.stack.api;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.stack.function.FunctionError;
import io.sluice.stack.function.Functions;
import io.sluice.stack.function.InvocationAnswer;
import io.sluice.stack.function.NoSuchFunctionException;
import io.sluice.stack.function.ThrottledException;
import io.sluice.stack.iam.InvokePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks an authorizer and judges its answer. Thread-safe. */
record AuthorizerCall(Functions functions, InvokePermissions permissions) {

  /**
   * Decides about a request.
   *
   * @param context gets what access log and gateway responses may name
   * @param caller gets what the function is told in {@code requestContext.authorizer}
   * @return why it is refused, {@code null} where it is allowed
   */
  @Nullable GatewayResponseType decide(
      ApiMethod.Authorizer authorizer,
      String sourceArn,
      String methodArn,
      JsonObject event,
      ApiContext context,
      Map<String, Object> caller)
      throws InterruptedException {
    long began = System.nanoTime();
    String arn = authorizer.functionArn();
    if (!permissions.allows(arn, "apigateway.amazonaws.com", sourceArn)) {
      return configuration(context, "API Gateway has no permission to invoke " + arn);
    }
    byte[] answered;
    FunctionError error;
    try {
      InvocationAnswer answer = functions.find(arn).invoke(Json.write(event));
      answered = answer.rest();
      error = answer.error();
    } catch (NoSuchFunctionException | ThrottledException e) {
      return configuration(context, e.getMessage());
    }
    context.set("authorizer.latency", Long.toString((System.nanoTime() - began) / 1_000_000));
    context.set("authorizer.status", error == null ? "200" : "500");
    if (error != null) {
      context.set("authorizer.error", error.payload());
      return error.payload().contains("\"errorMessage\":\"Unauthorized\"")
          ? GatewayResponseType.UNAUTHORIZED
          : GatewayResponseType.AUTHORIZER_FAILURE;
    }
    PolicyDecision decision;
    try {
      if (!(Json.read(answered) instanceof JsonObject object)) {
        return configuration(context, "the authorizer answered no JSON object");
      }
      decision = PolicyDecision.of(object, methodArn);
    } catch (JsonSyntaxException | IllegalArgumentException e) {
      return configuration(context, e.getMessage());
    }
    context.set("authorizer.principalId", decision.principal());
    decision.context().forEach((name, value) -> context.set("authorizer." + name, value));
    caller.putAll(decision.context());
    caller.put("principalId", decision.principal());
    caller.put("integrationLatency", (System.nanoTime() - began) / 1_000_000);
    return decision.allowed() ? null : GatewayResponseType.ACCESS_DENIED;
  }

  private static GatewayResponseType configuration(ApiContext context, @Nullable String problem) {
    context.set("authorizer.error", String.valueOf(problem));
    return GatewayResponseType.AUTHORIZER_CONFIGURATION_ERROR;
  }
}
