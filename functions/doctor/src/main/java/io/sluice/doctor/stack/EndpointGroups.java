package io.sluice.doctor.stack;

import io.sluice.doctor.report.Diagnosis;
import io.sluice.doctor.report.Ledger;
import java.util.List;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroupIdentifier;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** Whether the security groups of interface endpoints let the functions in. Immutable. */
final class EndpointGroups {

  private static final int HTTPS = 443;
  private static final String EVERYBODY = "0.0.0.0/0";

  private final Ec2Client client;
  private final List<DeployedFunction> functions;

  EndpointGroups(Ec2Client client, List<DeployedFunction> functions) {
    this.client = client;
    this.functions = List.copyOf(functions);
  }

  /** Judges one endpoint's. */
  void judge(VpcEndpoint endpoint, Ledger ledger) {
    List<String> groups = endpoint.groups().stream().map(SecurityGroupIdentifier::groupId).toList();
    if (groups.isEmpty()) {
      ledger.unchecked(endpoint.vpcEndpointId() + ": its security groups are not told");
      return;
    }
    List<IpPermission> rules =
        client.describeSecurityGroups(request -> request.groupIds(groups)).securityGroups().stream()
            .flatMap(group -> group.ipPermissions().stream())
            .filter(EndpointGroups::isHttps)
            .toList();
    for (DeployedFunction function : functions) {
      String seen =
          "%s, %s: %s"
              .formatted(endpoint.vpcEndpointId(), String.join(", ", groups), function.name());
      if (rules.stream().anyMatch(rule -> admits(rule, function))) {
        ledger.healthy(seen + " may come in at 443");
      } else if (rules.stream().anyMatch(EndpointGroups::byAddress)) {
        ledger.unchecked(seen + " may come in by its address alone, which is not judged here");
      } else {
        ledger.finding(
            Diagnosis.ENDPOINT_CLOSED,
            "%s with %s".formatted(seen, String.join(", ", function.securityGroups())));
      }
    }
  }

  private static boolean isHttps(IpPermission rule) {
    return rule.ipProtocol().equals("-1")
        || (rule.ipProtocol().equals("tcp")
            && rule.fromPort() != null
            && rule.toPort() != null
            && rule.fromPort() <= HTTPS
            && rule.toPort() >= HTTPS);
  }

  private static boolean admits(IpPermission rule, DeployedFunction function) {
    return rule.ipRanges().stream().anyMatch(range -> range.cidrIp().equals(EVERYBODY))
        || rule.userIdGroupPairs().stream()
            .anyMatch(pair -> function.securityGroups().contains(pair.groupId()));
  }

  private static boolean byAddress(IpPermission rule) {
    return !rule.ipRanges().isEmpty() || !rule.prefixListIds().isEmpty();
  }
}
