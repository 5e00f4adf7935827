package io.sluice.doctor.stack;

import io.sluice.doctor.Check;
import io.sluice.doctor.Reasons;
import io.sluice.doctor.report.Diagnosis;
import io.sluice.doctor.report.Ledger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;

/** Whether each function's role may do what the function needs. Immutable. */
final class PermissionsCheck implements Check {

  private static final int FORBIDDEN = 403;

  private final DeployedStack stack;
  private final DeployedFunctions functions;
  private final Needs needs;
  private final Rows rows;
  private final Simulation simulation;

  PermissionsCheck(
      DeployedStack stack,
      DeployedFunctions functions,
      Needs needs,
      Rows rows,
      Simulation simulation) {
    this.stack = stack;
    this.functions = functions;
    this.needs = needs;
    this.rows = rows;
    this.simulation = simulation;
  }

  @Override
  public String title() {
    return "Permissions";
  }

  @Override
  public void examine(Ledger ledger) {
    Set<String> secrets = rows.secrets(stack);
    for (DeployedFunction function : functions.all(ledger)) {
      List<Need> all = needs.of(function.kind(), new Place(stack, function, secrets));
      if (all.isEmpty()) {
        ledger.unchecked(function.name() + ": this doctor doesn't know what it needs");
      } else {
        role(function, all, ledger);
      }
    }
  }

  private void role(DeployedFunction function, List<Need> all, Ledger ledger) {
    int allowed = 0;
    int asked = 0;
    try {
      for (Need need : all) {
        asked += need.actions().size() * need.resources().size();
        allowed += need(function, need, ledger);
      }
    } catch (NoSuchEntityException e) {
      ledger.finding(Diagnosis.PERMISSION_MISSING, function.role() + " is gone");
      return;
    } catch (SdkException e) {
      boolean refused = e instanceof IamException iam && iam.statusCode() == FORBIDDEN;
      ledger.unchecked(
          "%s: %s%s"
              .formatted(
                  function.role(),
                  refused ? "you need iam:SimulatePrincipalPolicy on it: " : "",
                  Reasons.of(e)));
      return;
    }
    if (allowed == asked) {
      ledger.healthy(
          "%s: all %d that %s needs".formatted(function.role(), allowed, function.name()));
    }
  }

  /** How much of it is allowed; the rest is taken down. */
  private int need(DeployedFunction function, Need need, Ledger ledger) {
    Set<String> open = new TreeSet<>();
    need.actions().forEach(a -> need.resources().forEach(r -> open.add(a + " on " + r)));
    int allowed = 0;
    for (Simulated answer : simulation.of(function.role(), need, known(function, need))) {
      if (!open.remove(answer.action() + " on " + answer.resource())) {
        continue;
      }
      if (judge(function, need, answer, ledger)) {
        allowed++;
      }
    }
    for (String unanswered : open) {
      ledger.unchecked(
          "%s: the simulation says nothing of %s".formatted(function.role(), unanswered));
    }
    return allowed;
  }

  private boolean judge(DeployedFunction function, Need need, Simulated answer, Ledger ledger) {
    String what =
        "%s: %s on %s%s"
            .formatted(function.role(), answer.action(), answer.resource(), need.when());
    Set<String> missing = new TreeSet<>(answer.missing());
    missing.removeIf(key -> !deciding(key, need));
    if (!missing.isEmpty()) {
      ledger.unchecked(
          "%s is %s, but a policy asks for %s, which only a real request has%s"
              .formatted(
                  what,
                  answer.decision(),
                  String.join(", ", missing),
                  answer.statements().isEmpty() ? "" : ": see " + answer.statements()));
      return false;
    }
    if (answer.allowed()) {
      return true;
    }
    boolean explicit = answer.decision() == PolicyEvaluationDecisionType.EXPLICIT_DENY;
    String by = answer.statements().isEmpty() ? "" : ", by " + answer.statements();
    String boundary = stack.parameter("PermissionsBoundaryArn");
    if (answer.organization()) {
      ledger.finding(Diagnosis.PERMISSION_ORGANIZATION, what + by);
    } else if (answer.bounded()) {
      ledger.finding(
          Diagnosis.PERMISSION_BOUNDARY,
          what + ": change " + (boundary.isEmpty() ? "the role's boundary" : boundary) + by);
    } else if (explicit) {
      ledger.finding(Diagnosis.PERMISSION_DENIED, what + by);
    } else {
      ledger.finding(
          Diagnosis.PERMISSION_MISSING,
          "%s: statement %s of the role's policy %s gives it"
              .formatted(what, need.sid(), function.kind()));
    }
    return false;
  }

  /** Whether a real request has the key, so that its absence here may have changed the answer. */
  private boolean deciding(String key, Need need) {
    String service = key.substring(0, Math.max(0, key.indexOf(':')));
    return (service.equals("aws") || service.equals(need.service())) && !needs.keys().contains(key);
  }

  private Map<String, List<String>> known(DeployedFunction function, Need need) {
    if (!need.byCode()) {
      // A service of AWS asks: where from, and for whom besides, is its own.
      return Map.of("aws:RequestedRegion", List.of(function.region()));
    }
    Map<String, List<String>> known = new TreeMap<>(function.context());
    if (!stack.output("VpcId").isEmpty()) {
      known.put("aws:SourceVpc", List.of(stack.output("VpcId")));
    }
    return known;
  }
}
