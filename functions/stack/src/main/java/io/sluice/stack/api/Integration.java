package io.sluice.stack.api;

import io.sluice.core.http.Headers;
import io.sluice.stack.function.FunctionError;
import io.sluice.stack.function.Functions;
import io.sluice.stack.function.InvocationAnswer;
import io.sluice.stack.function.NoSuchFunctionException;
import io.sluice.stack.function.ThrottledException;
import io.sluice.stack.http.HttpAnswer;
import io.sluice.stack.iam.InvokePermissions;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks a function and hands its answer on as it comes. Thread-safe. */
record Integration(Functions functions, InvokePermissions permissions) {

  /**
   * Runs the integration of a method.
   *
   * <p>A stream that fails after its beginning is cut: the connection ends without the last chunk.
   * What API Gateway does then is not documented.
   *
   * @return what to answer instead, {@code null} where the function's answer is on its way
   */
  @Nullable GatewayResponseType run(
      ApiMethod method, String sourceArn, byte[] event, ApiContext context, HttpAnswer answer)
      throws IOException, InterruptedException {
    String arn = method.functionArn();
    if (!permissions.allows(arn, "apigateway.amazonaws.com", sourceArn)) {
      context.set("integration.error", "API Gateway has no permission to invoke " + arn);
      return GatewayResponseType.API_CONFIGURATION_ERROR;
    }
    long began = System.nanoTime();
    long end = began + method.timeout().toNanos();
    context.set("integration.responseTransferMode", method.streaming() ? "STREAM" : "BUFFERED");
    InvocationAnswer invocation;
    Prelude prelude;
    try {
      invocation = functions.find(arn).invoke(event);
      prelude =
          method.streaming()
              ? Prelude.read(invocation, end)
              : Prelude.buffered(whole(invocation, end));
    } catch (NoSuchFunctionException | ThrottledException e) {
      context.set("integration.error", String.valueOf(e.getMessage()));
      return GatewayResponseType.INTEGRATION_FAILURE;
    } catch (TimeoutException e) {
      return GatewayResponseType.INTEGRATION_TIMEOUT;
    }
    context.set(
        "integration.timeToAllHeaders", Long.toString((System.nanoTime() - began) / 1_000_000));
    if (prelude == null) {
      context.set("integration.error", "the function failed, or sent no status and headers");
      return GatewayResponseType.INTEGRATION_FAILURE;
    }
    context.set("integration.status", Integer.toString(prelude.status()));
    context.set("integrationStatus", "200");
    answer.begin(
        prelude.status(),
        Headers.builder()
            .add("x-amzn-RequestId", String.valueOf(context.get("requestId")))
            .add("x-amz-apigw-id", String.valueOf(context.get("extendedRequestId")))
            .addAll(HeaderRules.toCaller(prelude.headers()))
            .build());
    long bytes = copy(prelude, invocation, method.streaming(), end, answer);
    context.set("responseLength", Long.toString(bytes));
    context.set("integrationLatency", Long.toString((System.nanoTime() - began) / 1_000_000));
    return null;
  }

  private static byte[] whole(InvocationAnswer invocation, long end)
      throws InterruptedException, TimeoutException {
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    for (byte[] chunk = invocation.next(end); chunk != null; chunk = invocation.next(end)) {
      all.writeBytes(chunk);
    }
    return all.toByteArray();
  }

  private static long copy(
      Prelude prelude, InvocationAnswer invocation, boolean streaming, long end, HttpAnswer answer)
      throws IOException, InterruptedException {
    answer.write(prelude.first());
    long bytes = prelude.first().length;
    try {
      for (byte[] chunk = streaming ? invocation.next(end) : null;
          chunk != null;
          chunk = invocation.next(end)) {
        answer.write(chunk);
        bytes += chunk.length;
      }
    } catch (TimeoutException e) {
      return bytes; // not ended: the caller sees a cut
    }
    FunctionError error = invocation.error();
    if (error == null) {
      answer.end();
    }
    return bytes;
  }
}
