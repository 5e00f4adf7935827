package io.sluice.doctor;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** IAM's policy simulator, as its Query protocol answers. */
final class Simulator {

  private record Decision(String part, String decision, String more) {}

  private final List<Decision> decisions = new CopyOnWriteArrayList<>();

  void decides(String part, String decision, String more) {
    decisions.addFirst(new Decision(part, decision, more));
  }

  String answer(String request) {
    Decision decision =
        decisions.stream().filter(one -> request.contains(one.part())).findFirst().orElseThrow();
    return """
    <SimulatePrincipalPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
    <SimulatePrincipalPolicyResult><IsTruncated>false</IsTruncated><EvaluationResults>%s
    </EvaluationResults></SimulatePrincipalPolicyResult>
    <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></SimulatePrincipalPolicyResponse>
    """
        .formatted(
            members(request, "ActionNames.member.").stream()
                .map(action -> result(request, action, decision))
                .collect(Collectors.joining()));
  }

  private static String result(String request, String action, Decision decision) {
    return """
    <member><EvalActionName>%s</EvalActionName><EvalResourceName>*</EvalResourceName>
    <EvalDecision>%s</EvalDecision>%s<ResourceSpecificResults>%s</ResourceSpecificResults></member>
    """
        .formatted(
            action,
            decision.decision(),
            decision.more(),
            members(request, "ResourceArns.member.").stream()
                .map(
                    arn ->
                        "<member><EvalResourceName>%s</EvalResourceName><EvalResourceDecision>%s</EvalResourceDecision></member>"
                            .formatted(arn, decision.decision()))
                .collect(Collectors.joining()));
  }

  private static List<String> members(String request, String name) {
    return Arrays.stream(request.split("&"))
        .filter(pair -> pair.startsWith(name))
        .map(pair -> URLDecoder.decode(pair.split("=", 2)[1], StandardCharsets.UTF_8))
        .toList();
  }
}
