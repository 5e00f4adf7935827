package io.sluice.doctor.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.ResourceSpecificResult;

/**
 * Asks IAM's policy simulator what a role may: its own policies, its permissions boundary and
 * service control policies without conditions. It looks at no policy of a resource. Thread-safe.
 */
final class Simulation {

  private final IamClient client;

  Simulation(IamClient client) {
    this.client = client;
  }

  /** One answer for each action and resource that the simulator speaks of. */
  List<Simulated> of(String role, Need need, Map<String, List<String>> known) {
    Map<String, List<String>> context = new TreeMap<>(known);
    context.putAll(need.context());
    List<Simulated> answers = new ArrayList<>();
    for (EvaluationResult result :
        client
            .simulatePrincipalPolicyPaginator(
                request ->
                    request
                        .policySourceArn(role)
                        .actionNames(need.actions())
                        .resourceArns(need.resources())
                        .contextEntries(
                            context.entrySet().stream()
                                .map(entry -> entry(entry.getKey(), entry.getValue()))
                                .toList()))
            .evaluationResults()) {
      if (result.resourceSpecificResults().isEmpty()) {
        answers.add(Simulated.of(result));
      }
      for (ResourceSpecificResult specific : result.resourceSpecificResults()) {
        answers.add(Simulated.of(result, specific));
      }
    }
    return answers;
  }

  private static ContextEntry entry(String key, List<String> values) {
    return ContextEntry.builder()
        .contextKeyName(key)
        .contextKeyValues(values)
        .contextKeyType(
            key.equals("dynamodb:LeadingKeys")
                ? ContextKeyTypeEnum.STRING_LIST
                : ContextKeyTypeEnum.STRING)
        .build();
  }
}
