package io.sluice.doctor.stack;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PermissionsBoundaryDecisionDetail;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.ResourceSpecificResult;
import software.amazon.awssdk.services.iam.model.Statement;

/**
 * What the simulator says of one action on one resource. Immutable.
 *
 * @param missing the condition keys that some policy asks for and the simulation was not given
 * @param bounded whether the permissions boundary keeps it
 * @param organization whether a service control policy keeps it
 * @param statements the policies that decided, in words
 */
record Simulated(
    String action,
    String resource,
    PolicyEvaluationDecisionType decision,
    Set<String> missing,
    boolean bounded,
    boolean organization,
    String statements) {

  Simulated {
    missing = Set.copyOf(missing);
  }

  /** An answer for its one resource. */
  static Simulated of(EvaluationResult result) {
    return new Simulated(
        result.evalActionName(),
        result.evalResourceName(),
        result.evalDecision(),
        Set.copyOf(result.missingContextValues()),
        bounded(result.permissionsBoundaryDecisionDetail()),
        organization(result),
        words(result.matchedStatements()));
  }

  /** An answer for one of its resources. */
  static Simulated of(EvaluationResult result, ResourceSpecificResult specific) {
    Set<String> missing = new TreeSet<>(result.missingContextValues());
    missing.addAll(specific.missingContextValues());
    return new Simulated(
        result.evalActionName(),
        specific.evalResourceName(),
        specific.evalResourceDecision(),
        missing,
        bounded(specific.permissionsBoundaryDecisionDetail())
            || bounded(result.permissionsBoundaryDecisionDetail()),
        organization(result),
        words(
            specific.matchedStatements().isEmpty()
                ? result.matchedStatements()
                : specific.matchedStatements()));
  }

  boolean allowed() {
    return decision == PolicyEvaluationDecisionType.ALLOWED;
  }

  private static boolean bounded(PermissionsBoundaryDecisionDetail detail) {
    return detail != null && Boolean.FALSE.equals(detail.allowedByPermissionsBoundary());
  }

  private static boolean organization(EvaluationResult result) {
    return result.organizationsDecisionDetail() != null
        && Boolean.FALSE.equals(result.organizationsDecisionDetail().allowedByOrganizations());
  }

  private static String words(List<Statement> statements) {
    return statements.stream()
        .map(
            one ->
                one.startPosition() == null
                    ? one.sourcePolicyId()
                    : one.sourcePolicyId() + " line " + one.startPosition().line())
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
