package io.sluice.stack.event;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.stack.aws.Queues;
import io.sluice.stack.function.FunctionError;
import io.sluice.stack.function.Functions;
import io.sluice.stack.function.InvocationAnswer;
import io.sluice.stack.function.NoSuchFunctionException;
import io.sluice.stack.function.ThrottledException;
import io.sluice.stack.iam.InvokePermissions;
import io.sluice.stack.template.Account;
import io.sluice.stack.template.Resource;
import io.sluice.stack.template.UnresolvedException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A rule of EventBridge that runs on a schedule: here, whenever it is told to. Immutable. */
public record Schedule(
    Resource rule,
    Account account,
    Functions functions,
    InvokePermissions permissions,
    List<Resource> invokeConfigs,
    Queues queues) {

  private static final Pattern EXPRESSION =
      Pattern.compile("rate\\(\\d+ (minute|hour|day)s?\\)|cron\\(.+\\)");
  private static final int DEFAULT_RETRIES = 2;
  private static final int THROTTLED_TRIES = 300;
  private static final long BETWEEN_TRIES_MILLIS = 200;

  public Schedule {
    judge(rule);
  }

  /** Throws for a rule that EventBridge would refuse. */
  public static void judge(Resource rule) {
    if (!EXPRESSION.matcher(rule.text("ScheduleExpression")).matches()) {
      throw new UnresolvedException(rule.place(), "ScheduleExpression is neither rate nor cron");
    }
  }

  /** Whether the rule runs by itself. */
  public boolean enabled() {
    return rule.text("State", "ENABLED").equals("ENABLED");
  }

  /**
   * Runs the rule once: invokes its targets asynchronously, and waits until they have ended.
   *
   * @return how the last of them failed, {@code null} where none did
   */
  public @Nullable FunctionError fire() throws IOException, InterruptedException {
    FunctionError error = null;
    for (JsonObject target : rule.objects("Targets")) {
      FunctionError failure = invoke(target);
      error = failure == null ? error : failure;
    }
    return error;
  }

  private @Nullable FunctionError invoke(JsonObject target)
      throws IOException, InterruptedException {
    String arn = target.text("Arn", "");
    String source = account.arn("events", "rule/" + rule.physicalId());
    if (!permissions.allows(arn, "events.amazonaws.com", source)) {
      throw new UnresolvedException(rule.place(), "has no permission to invoke " + arn);
    }
    byte[] event =
        target.has("Input")
            ? target.text("Input", "").getBytes(java.nio.charset.StandardCharsets.UTF_8)
            : Json.write(event(source));
    Resource config = config(arn);
    int retries =
        config == null ? DEFAULT_RETRIES : config.number("MaximumRetryAttempts", DEFAULT_RETRIES);
    FunctionError error = null;
    for (int i = 0; i <= retries; i++) {
      error = once(arn, event);
      if (error == null) {
        return null;
      }
    }
    giveUp(arn, config, event, retries + 1);
    return error;
  }

  private @Nullable FunctionError once(String arn, byte[] event) throws InterruptedException {
    try {
      for (int i = 1; ; i++) {
        try {
          InvocationAnswer answer = functions.find(arn).invoke(event);
          byte[] _ = answer.rest();
          return answer.error();
        } catch (ThrottledException e) {
          // Lambda keeps the event and tries again for as long as its greatest age permits.
          if (i == THROTTLED_TRIES) {
            return new FunctionError("TooManyRequestsException", String.valueOf(e.getMessage()));
          }
          Thread.sleep(BETWEEN_TRIES_MILLIS);
        }
      }
    } catch (NoSuchFunctionException e) {
      throw new UnresolvedException(rule.place(), String.valueOf(e.getMessage()));
    }
  }

  private JsonObject event(String source) {
    return JsonObject.builder()
        .put("version", "0")
        .put("id", UUID.randomUUID().toString())
        .put("detail-type", "Scheduled Event")
        .put("source", "aws.events")
        .put("account", account.id())
        .put("time", Instant.now().toString())
        .put("region", account.region())
        .put("resources", List.of(source))
        .put("detail", JsonObject.EMPTY)
        .build();
  }

  private @Nullable Resource config(String arn) {
    for (Resource config : invokeConfigs) {
      String function = Queues.name(config.text("FunctionName"));
      String qualified = function + ":" + config.text("Qualifier", "$LATEST");
      if (arn.endsWith(":function:" + qualified)
          || (arn.endsWith(":function:" + function) && qualified.endsWith("$LATEST"))) {
        return config;
      }
    }
    return null;
  }

  private void giveUp(String arn, @Nullable Resource config, byte[] event, int tries)
      throws IOException, InterruptedException {
    JsonObject destinations = config == null ? null : config.object("DestinationConfig");
    JsonObject onFailure = destinations == null ? null : destinations.object("OnFailure");
    String destination = onFailure == null ? null : onFailure.text("Destination");
    if (destination != null) {
      queues.send(
          Queues.name(destination),
          Json.text(
              JsonObject.builder()
                  .put("version", "1.0")
                  .put("timestamp", Instant.now().toString())
                  .put(
                      "requestContext",
                      Map.of(
                          "functionArn",
                          arn,
                          "condition",
                          "RetriesExhausted",
                          "approximateInvokeCount",
                          tries))
                  .put("requestPayload", new String(event, java.nio.charset.StandardCharsets.UTF_8))
                  .build()));
    }
  }
}
