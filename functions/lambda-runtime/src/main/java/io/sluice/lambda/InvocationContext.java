package io.sluice.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import org.jspecify.annotations.Nullable;

/** An invocation as its handler sees it. Immutable. */
final class InvocationContext implements Context {

  private final Invocation invocation;
  private final FunctionEnvironment environment;
  private final LambdaLogger logger;

  InvocationContext(Invocation invocation, FunctionEnvironment environment, LambdaLogger logger) {
    this.invocation = invocation;
    this.environment = environment;
    this.logger = logger;
  }

  @Override
  public String getAwsRequestId() {
    return invocation.requestId();
  }

  @Override
  public String getLogGroupName() {
    return environment.logGroup();
  }

  @Override
  public String getLogStreamName() {
    return environment.logStream();
  }

  @Override
  public String getFunctionName() {
    return environment.functionName();
  }

  @Override
  public String getFunctionVersion() {
    return environment.functionVersion();
  }

  @Override
  public String getInvokedFunctionArn() {
    return invocation.functionArn();
  }

  @Override
  public @Nullable CognitoIdentity getIdentity() {
    return MobileCaller.identity(invocation.cognitoIdentity());
  }

  @Override
  public @Nullable ClientContext getClientContext() {
    return MobileCaller.context(invocation.clientContext());
  }

  @Override
  public int getRemainingTimeInMillis() {
    long left = invocation.deadlineMillis() - System.currentTimeMillis();
    return Math.clamp(left, 0, Integer.MAX_VALUE);
  }

  @Override
  public int getMemoryLimitInMB() {
    return environment.memoryMegabytes();
  }

  @Override
  public LambdaLogger getLogger() {
    return logger;
  }

  @Override
  public @Nullable String getTenantId() {
    return invocation.tenantId();
  }

  @Override
  public @Nullable String getXrayTraceId() {
    return invocation.traceId();
  }
}
