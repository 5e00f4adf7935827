package io.sluice.doctor.stack;

import io.sluice.doctor.Check;
import io.sluice.doctor.report.Diagnosis;
import io.sluice.doctor.report.Ledger;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.EndpointType;
import software.amazon.awssdk.services.apigateway.model.GetRestApiResponse;

/** Whether the API is private. Immutable. */
final class ApiCheck implements Check {

  private final DeployedStack stack;
  private final ApiGatewayClient client;

  ApiCheck(DeployedStack stack, ApiGatewayClient client) {
    this.stack = stack;
    this.client = client;
  }

  @Override
  public String title() {
    return "API";
  }

  @Override
  public void examine(Ledger ledger) {
    for (StackResource resource : stack.of("AWS::ApiGateway::RestApi")) {
      GetRestApiResponse api = client.getRestApi(request -> request.restApiId(resource.physical()));
      boolean closed =
          api.endpointConfiguration() != null
              && api.endpointConfiguration()
                  .types()
                  .equals(java.util.List.of(EndpointType.PRIVATE));
      String policy = api.policy() == null ? "" : api.policy();
      if (!closed || !policy.contains("aws:SourceVpce")) {
        ledger.finding(
            Diagnosis.API_OPEN,
            "%s: %s, %s"
                .formatted(
                    resource.physical(),
                    closed ? "private" : "not private",
                    policy.isEmpty() ? "without a policy" : "its policy names no aws:SourceVpce"));
      } else {
        ledger.healthy(resource.physical() + " is private and answers through named endpoints");
      }
    }
  }
}
