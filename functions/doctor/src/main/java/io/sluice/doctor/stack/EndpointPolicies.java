package io.sluice.doctor.stack;

import io.sluice.core.json.JsonSyntaxException;
import io.sluice.doctor.policy.Ask;
import io.sluice.doctor.policy.Caller;
import io.sluice.doctor.policy.Policy;
import io.sluice.doctor.policy.Verdict;
import io.sluice.doctor.report.Diagnosis;
import io.sluice.doctor.report.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;
import software.amazon.awssdk.services.ec2.model.VpcEndpointType;

/** Whether the policies of VPC endpoints admit what is asked through them. Immutable. */
final class EndpointPolicies {

  private static final String EXECUTE_API = "execute-api";

  private final DeployedStack stack;
  private final Needs needs;
  private final Set<String> secrets;
  private final List<DeployedFunction> functions;

  EndpointPolicies(
      DeployedStack stack, Needs needs, Set<String> secrets, List<DeployedFunction> functions) {
    this.stack = stack;
    this.needs = needs;
    this.secrets = Set.copyOf(secrets);
    this.functions = List.copyOf(functions);
  }

  /**
   * Judges one endpoint's.
   *
   * @param service such as {@code sqs}
   */
  void judge(VpcEndpoint endpoint, String service, Ledger ledger) {
    String seen = "%s (%s)".formatted(endpoint.vpcEndpointId(), service);
    List<Ask> asks = asks(endpoint, service);
    if (asks.isEmpty()) {
      ledger.unchecked(seen + ": nothing that is asked through it could be read");
      return;
    }
    Policy policy;
    try {
      policy = Policy.parse(endpoint.policyDocument() == null ? "" : endpoint.policyDocument());
    } catch (JsonSyntaxException e) {
      ledger.unchecked(seen + ": its policy can't be read");
      return;
    }
    boolean healthy = true;
    for (Ask ask : asks) {
      Verdict verdict = policy.judge(ask);
      String what = "%s: %s on %s by %s".formatted(seen, ask.action(), ask.resource(), by(ask));
      if (verdict instanceof Verdict.Denied denied) {
        ledger.finding(Diagnosis.ENDPOINT_REFUSES, what + ": " + denied.why());
      } else if (verdict instanceof Verdict.Unjudged unjudged) {
        ledger.unchecked(what + ": " + unjudged.why() + ", which is not judged here");
      }
      healthy &= verdict instanceof Verdict.Allowed;
    }
    if (healthy) {
      ledger.healthy("%s admits the %d requests made through it".formatted(seen, asks.size()));
    }
  }

  private List<Ask> asks(VpcEndpoint endpoint, String service) {
    List<Ask> asks = new ArrayList<>();
    for (DeployedFunction function : functions) {
      if (service.equals(EXECUTE_API)) {
        return clients(endpoint, function);
      }
      for (Need need : needs.of(function.kind(), new Place(stack, function, secrets))) {
        if (need.byCode() && need.service().equals(service)) {
          for (String action : need.actions()) {
            need.resources().forEach(r -> asks.add(ask(endpoint, function, need, action, r)));
          }
        }
      }
    }
    return asks;
  }

  private static Ask ask(
      VpcEndpoint endpoint, DeployedFunction function, Need need, String action, String resource) {
    Map<String, List<String>> context = new TreeMap<>(function.context());
    context.putAll(need.context());
    context.putAll(way(endpoint));
    context.put("aws:ResourceAccount", List.of(resource.split(":", -1)[4]));
    context.put("aws:PrincipalType", List.of("AssumedRole"));
    return new Ask(
        new Caller.Role(
            function.role(),
            function.account(),
            endpoint.vpcEndpointType() == VpcEndpointType.GATEWAY),
        action,
        resource,
        context,
        Set.of());
  }

  /** GitLab and IDEs bring no identity of AWS. */
  private List<Ask> clients(VpcEndpoint endpoint, DeployedFunction function) {
    Map<String, List<String>> context = new TreeMap<>(way(endpoint));
    context.put("aws:PrincipalAccount", List.of("anonymous"));
    context.put("aws:PrincipalType", List.of("Anonymous"));
    context.put("aws:SecureTransport", List.of("true"));
    context.put("aws:ResourceAccount", List.of(function.account()));
    List<Ask> asks = new ArrayList<>();
    for (StackResource api : stack.of("AWS::ApiGateway::RestApi")) {
      for (String parameter : List.of("ApiFunctionArn", "UserTokenArn")) {
        for (String end : needs.invocations(parameter)) {
          asks.add(
              new Ask(
                  new Caller.Anonymous(),
                  "execute-api:Invoke",
                  "arn:%s:execute-api:%s:%s:%s/%s"
                      .formatted(
                          function.partition(),
                          function.region(),
                          function.account(),
                          api.physical(),
                          end),
                  context,
                  Set.of("aws:PrincipalArn", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths")));
        }
      }
    }
    return asks;
  }

  private static Map<String, List<String>> way(VpcEndpoint endpoint) {
    Map<String, List<String>> way = new TreeMap<>();
    way.put("aws:SourceVpce", List.of(endpoint.vpcEndpointId()));
    if (endpoint.vpcId() != null) {
      way.put("aws:SourceVpc", List.of(endpoint.vpcId()));
    }
    return way;
  }

  private static String by(Ask ask) {
    return ask.caller() instanceof Caller.Role role ? role.arn() : "callers without an identity";
  }
}
