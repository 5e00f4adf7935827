package io.sluice.doctor.stack;

import io.sluice.doctor.Check;
import io.sluice.doctor.report.Diagnosis;
import io.sluice.doctor.report.Ledger;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.LastUpdateStatus;
import software.amazon.awssdk.services.lambda.model.ProvisionedConcurrencyStatusEnum;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.State;

/** Whether the functions can run, and the account lets enough of them. Immutable. */
final class FunctionsCheck implements Check {

  /** What an account has where nobody lowered or raised it. */
  private static final int USUAL_QUOTA = 1_000;

  private final DeployedStack stack;
  private final LambdaClient client;

  FunctionsCheck(DeployedStack stack, LambdaClient client) {
    this.stack = stack;
    this.client = client;
  }

  @Override
  public String title() {
    return "Functions";
  }

  @Override
  public void examine(Ledger ledger) {
    for (StackResource function : stack.of("AWS::Lambda::Function")) {
      Attempt.of(ledger, function.physical(), () -> function(function.physical(), ledger));
    }
    for (StackResource alias : stack.of("AWS::Lambda::Alias")) {
      Attempt.of(ledger, alias.physical(), () -> alias(alias.physical(), ledger));
    }
    for (StackResource mapping : stack.of("AWS::Lambda::EventSourceMapping")) {
      Attempt.of(ledger, mapping.physical(), () -> mapping(mapping.physical(), ledger));
    }
    Attempt.of(ledger, "the account's limits", () -> account(ledger));
  }

  private void function(String name, Ledger ledger) {
    GetFunctionResponse function;
    try {
      function = client.getFunction(request -> request.functionName(name));
    } catch (ResourceNotFoundException e) {
      ledger.finding(Diagnosis.FUNCTION_BROKEN, name + " is missing");
      return;
    }
    FunctionConfiguration configuration = function.configuration();
    State state = configuration.state();
    if ((state != null && state != State.ACTIVE && state != State.INACTIVE)
        || configuration.lastUpdateStatus() == LastUpdateStatus.FAILED) {
      ledger.finding(
          Diagnosis.FUNCTION_BROKEN,
          "%s is %s, last update %s: %s %s"
              .formatted(
                  name,
                  configuration.stateAsString(),
                  configuration.lastUpdateStatusAsString(),
                  orEmpty(configuration.stateReason()),
                  orEmpty(configuration.lastUpdateStatusReason())));
      return;
    }
    Integer reserved =
        function.concurrency() == null
            ? null
            : function.concurrency().reservedConcurrentExecutions();
    if (reserved != null && reserved == 0) {
      ledger.finding(Diagnosis.FUNCTION_STOPPED, name);
    } else {
      ledger.healthy(
          name
              + (state == State.INACTIVE ? " sleeps (the first call takes longer)" : " is active")
              + (reserved == null ? "" : ", at most " + reserved + " at once"));
    }
  }

  private void alias(String arn, Ledger ledger) {
    int last = arn.lastIndexOf(':');
    String function = arn.substring(0, last);
    String name = arn.substring(last + 1);
    try {
      String version =
          client.getAlias(request -> request.functionName(function).name(name)).functionVersion();
      ledger.healthy("%s is version %s".formatted(shown(arn), version));
    } catch (ResourceNotFoundException e) {
      ledger.finding(Diagnosis.ALIAS_BROKEN, shown(arn) + " is missing");
      return;
    }
    client
        .listProvisionedConcurrencyConfigs(request -> request.functionName(function))
        .provisionedConcurrencyConfigs()
        .stream()
        .filter(config -> config.status() == ProvisionedConcurrencyStatusEnum.FAILED)
        .forEach(
            config ->
                ledger.finding(
                    Diagnosis.ALIAS_BROKEN,
                    "%s: %s".formatted(shown(arn), orEmpty(config.statusReason()))));
  }

  private void mapping(String id, Ledger ledger) {
    var mapping = client.getEventSourceMapping(request -> request.uuid(id));
    String result = orEmpty(mapping.lastProcessingResult());
    String seen =
        "%s -> %s is %s, last result: %s"
            .formatted(
                shown(orEmpty(mapping.eventSourceArn())),
                shown(orEmpty(mapping.functionArn())),
                mapping.state(),
                result.isEmpty() ? "none" : result);
    if (!"Enabled".equals(mapping.state()) || result.startsWith("PROBLEM")) {
      ledger.finding(Diagnosis.MAPPING_BROKEN, seen);
    } else {
      ledger.healthy(seen);
    }
  }

  private void account(Ledger ledger) {
    var limit = client.getAccountSettings().accountLimit();
    String seen =
        "%,d sandboxes at once in this account and Region, %,d of them not reserved: about %,d streams"
            .formatted(
                limit.concurrentExecutions(),
                limit.unreservedConcurrentExecutions(),
                limit.unreservedConcurrentExecutions() / 2);
    if (limit.concurrentExecutions() < USUAL_QUOTA) {
      ledger.finding(Diagnosis.QUOTA_LOW, seen);
    } else {
      ledger.healthy(seen);
    }
  }

  /** An ARN's last part. */
  private static String shown(String arn) {
    String[] parts = arn.split(":", 6);
    return parts.length == 6 ? parts[5] : arn;
  }

  private static String orEmpty(@org.jspecify.annotations.Nullable String text) {
    return text == null ? "" : text;
  }
}
