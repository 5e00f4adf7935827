package io.sluice.doctor.stack;

import io.sluice.core.json.JsonSyntaxException;
import io.sluice.doctor.Check;
import io.sluice.doctor.policy.Ask;
import io.sluice.doctor.policy.Caller;
import io.sluice.doctor.policy.Policy;
import io.sluice.doctor.policy.Verdict;
import io.sluice.doctor.report.Diagnosis;
import io.sluice.doctor.report.Ledger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/**
 * Whether the functions let the API invoke them, streaming or not: one permission holds for both.
 * Immutable.
 */
final class InvocationsCheck implements Check {

  private static final Map<String, String> PARAMETERS =
      Map.of(
          "authorizer", "AuthorizerArn",
          "router", "ApiFunctionArn",
          "gateway", "ApiFunctionArn",
          "user-token", "UserTokenArn");
  private static final Caller API_GATEWAY = new Caller.Service("apigateway.amazonaws.com");

  private final DeployedStack stack;
  private final DeployedFunctions functions;
  private final Needs needs;
  private final LambdaClient client;

  InvocationsCheck(
      DeployedStack stack, DeployedFunctions functions, Needs needs, LambdaClient client) {
    this.stack = stack;
    this.functions = functions;
    this.needs = needs;
    this.client = client;
  }

  @Override
  public String title() {
    return "Invocations";
  }

  @Override
  public void examine(Ledger ledger) {
    for (DeployedFunction function : functions.all(ledger)) {
      String parameter = PARAMETERS.get(function.kind());
      if (parameter != null) {
        boolean aliased = new Place(stack, function, Set.of()).hasAlias(function.arn());
        String arn = aliased ? function.arn() + ":live" : function.arn();
        Attempt.of(
            ledger, arn, () -> function(function, arn, needs.invocations(parameter), ledger));
      }
    }
  }

  private void function(
      DeployedFunction function, String arn, List<String> callers, Ledger ledger) {
    Policy policy;
    try {
      policy = Policy.parse(client.getPolicy(request -> request.functionName(arn)).policy());
    } catch (ResourceNotFoundException e) {
      ledger.finding(Diagnosis.INVOCATION_REFUSED, arn + " has no policy");
      return;
    } catch (JsonSyntaxException e) {
      ledger.unchecked(arn + ": its policy can't be read");
      return;
    }
    for (StackResource api : stack.of("AWS::ApiGateway::RestApi")) {
      String prefix =
          "arn:%s:execute-api:%s:%s:%s/"
              .formatted(
                  function.partition(), function.region(), function.account(), api.physical());
      boolean healthy = true;
      for (String end : callers) {
        Verdict verdict = policy.judge(ask(function, arn, prefix + end));
        if (verdict instanceof Verdict.Denied denied) {
          ledger.finding(
              Diagnosis.INVOCATION_REFUSED,
              "%s, asked by %s%s: %s".formatted(arn, prefix, end, denied.why()));
        } else if (verdict instanceof Verdict.Unjudged unjudged) {
          ledger.unchecked("%s, asked by %s%s: %s".formatted(arn, prefix, end, unjudged.why()));
        }
        healthy &= verdict instanceof Verdict.Allowed;
      }
      if (healthy) {
        ledger.healthy("%s answers API %s".formatted(arn, api.physical()));
      }
    }
  }

  private static Ask ask(DeployedFunction function, String arn, String source) {
    return new Ask(
        API_GATEWAY,
        "lambda:InvokeFunction",
        arn,
        Map.of(
            "aws:SourceArn", List.of(source),
            "aws:SourceAccount", List.of(function.account()),
            "aws:PrincipalServiceName", List.of("apigateway.amazonaws.com"),
            "aws:PrincipalIsAWSService", List.of("true")),
        Set.of("aws:PrincipalArn", "aws:PrincipalOrgID"));
  }
}
