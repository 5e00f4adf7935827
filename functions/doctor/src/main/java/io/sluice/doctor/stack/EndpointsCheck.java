package io.sluice.doctor.stack;

import io.sluice.doctor.Check;
import io.sluice.doctor.report.Diagnosis;
import io.sluice.doctor.report.Ledger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;
import software.amazon.awssdk.services.ec2.model.VpcEndpointType;

/** Whether the VPC endpoints are there, named and narrow. Immutable. */
final class EndpointsCheck implements Check {

  /** What the functions ask, by the parameter that names its endpoint. */
  private static final Map<String, String> SERVICES =
      Map.of(
          "SqsEndpoint", "sqs",
          "KmsEndpoint", "kms",
          "SecretsManagerEndpoint", "secretsmanager",
          "LambdaEndpoint", "lambda",
          "DynamoDbEndpoint", "dynamodb");

  private static final String EXECUTE_API = "execute-api";

  private final DeployedStack stack;
  private final Ec2Client client;
  private final DeployedFunctions functions;
  private final Needs needs;
  private final Rows rows;
  private final @Nullable String host;

  /**
   * Checks the stack's endpoints.
   *
   * @param host the gateway's, which must lead to one of its endpoints
   */
  EndpointsCheck(
      DeployedStack stack,
      Ec2Client client,
      DeployedFunctions functions,
      Needs needs,
      Rows rows,
      @Nullable String host) {
    this.stack = stack;
    this.client = client;
    this.functions = functions;
    this.needs = needs;
    this.rows = rows;
    this.host = host;
  }

  @Override
  public String title() {
    return "VPC endpoints";
  }

  @Override
  public void examine(Ledger ledger) {
    Set<String> own = new LinkedHashSet<>();
    stack.of("AWS::EC2::VPCEndpoint").forEach(resource -> own.add(resource.physical()));
    Set<String> all = new LinkedHashSet<>(own);
    List<String> api = DeployedStack.members(stack.output("ExecuteApiEndpoints"));
    all.addAll(api);
    all.addAll(existing(ledger));
    List<DeployedFunction> callers = functions.all(ledger);
    EndpointPolicies policies = new EndpointPolicies(stack, needs, rows.secrets(stack), callers);
    EndpointGroups groups = new EndpointGroups(client, callers);
    List<String> addresses = new ArrayList<>();
    for (String id : all) {
      Attempt.of(
          ledger,
          id,
          () -> {
            VpcEndpoint endpoint = endpoint(id, ledger);
            if (endpoint != null) {
              if (judge(endpoint, own.contains(id), ledger) && !own.contains(id)) {
                policies.judge(endpoint, service(endpoint), ledger);
                if (endpoint.vpcEndpointType() == VpcEndpointType.INTERFACE
                    && !service(endpoint).equals(EXECUTE_API)) {
                  Attempt.of(ledger, id, () -> groups.judge(endpoint, ledger));
                }
              }
              if (api.contains(id)) {
                addresses.addAll(addresses(endpoint));
              }
            }
          });
    }
    if (host != null && !addresses.isEmpty()) {
      leadsTo(addresses, ledger);
    }
  }

  private @Nullable VpcEndpoint endpoint(String id, Ledger ledger) {
    try {
      return client
          .describeVpcEndpoints(request -> request.vpcEndpointIds(id))
          .vpcEndpoints()
          .getFirst();
    } catch (Ec2Exception e) {
      if (e.awsErrorDetails().errorCode().startsWith("InvalidVpcEndpointId")) {
        ledger.finding(Diagnosis.ENDPOINT_BROKEN, id + " is not in this account and Region");
        return null;
      }
      throw e;
    }
  }

  /** Endpoints that were there: named by parameters, or found in the VPC where none is named. */
  private Set<String> existing(Ledger ledger) {
    Set<String> found = new LinkedHashSet<>();
    SERVICES.forEach(
        (parameter, service) -> {
          String id = stack.parameter(parameter);
          if (id.startsWith("vpce-")) {
            found.add(id);
          } else if (id.isEmpty() && !stack.parameter("VpcId").isEmpty()) {
            Attempt.of(ledger, parameter, () -> found.addAll(inVpc(parameter, service, ledger)));
          }
        });
    return found;
  }

  private List<String> inVpc(String parameter, String service, Ledger ledger) {
    String vpc = stack.parameter("VpcId");
    List<String> ids =
        client
            .describeVpcEndpoints(
                request ->
                    request.filters(
                        Filter.builder().name("vpc-id").values(vpc).build(),
                        Filter.builder().name("service-name").values("*." + service).build()))
            .vpcEndpoints()
            .stream()
            .map(VpcEndpoint::vpcEndpointId)
            .toList();
    if (ids.isEmpty()) {
      ledger.unchecked(
          "%s names none, and %s has no endpoint of %s: the way there can't be judged"
              .formatted(parameter, vpc, service));
    }
    return ids;
  }

  private static String service(VpcEndpoint endpoint) {
    return endpoint.serviceName().substring(endpoint.serviceName().lastIndexOf('.') + 1);
  }

  /** Whether it is there, so that its policy matters. */
  private static boolean judge(VpcEndpoint endpoint, boolean own, Ledger ledger) {
    String service = service(endpoint);
    String seen = "%s (%s)".formatted(endpoint.vpcEndpointId(), service);
    if (!endpoint.stateAsString().toLowerCase(Locale.ROOT).equals("available")) {
      ledger.finding(Diagnosis.ENDPOINT_BROKEN, seen + " is " + endpoint.stateAsString());
      return false;
    }
    boolean named = !List.of(EXECUTE_API, "dynamodb").contains(service);
    if (named
        && endpoint.vpcEndpointType() == VpcEndpointType.INTERFACE
        && !Boolean.TRUE.equals(endpoint.privateDnsEnabled())) {
      ledger.finding(Diagnosis.ENDPOINT_NAMES, seen);
    } else if (own && PolicyText.allowsEverything(endpoint.policyDocument())) {
      ledger.finding(Diagnosis.ENDPOINT_OPEN, seen);
    } else {
      ledger.healthy(seen + " is available");
    }
    return true;
  }

  private List<String> addresses(VpcEndpoint endpoint) {
    return client
        .describeNetworkInterfaces(
            request -> request.networkInterfaceIds(endpoint.networkInterfaceIds()))
        .networkInterfaces()
        .stream()
        .map(NetworkInterface::privateIpAddress)
        .toList();
  }

  private void leadsTo(List<String> addresses, Ledger ledger) {
    try {
      List<String> found =
          Arrays.stream(InetAddress.getAllByName(host)).map(InetAddress::getHostAddress).toList();
      String seen =
          "%s -> %s; the endpoint has %s"
              .formatted(host, String.join(", ", found), String.join(", ", addresses));
      if (addresses.containsAll(found)) {
        ledger.healthy(seen);
      } else {
        ledger.finding(Diagnosis.NAME_ELSEWHERE, seen);
      }
    } catch (UnknownHostException e) {
      ledger.unchecked(host + " has no address here");
    }
  }
}
