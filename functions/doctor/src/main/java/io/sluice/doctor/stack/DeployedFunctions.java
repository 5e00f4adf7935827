package io.sluice.doctor.stack;

import io.sluice.doctor.report.Ledger;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;

/** The functions of a stack, read when they are asked for. Thread-safe. */
final class DeployedFunctions {

  private final DeployedStack stack;
  private final LambdaClient client;

  DeployedFunctions(DeployedStack stack, LambdaClient client) {
    this.stack = stack;
    this.client = client;
  }

  /** Those that may be read; of the others the ledger is told. */
  List<DeployedFunction> all(Ledger ledger) {
    List<DeployedFunction> functions = new ArrayList<>();
    for (StackResource resource : stack.of("AWS::Lambda::Function")) {
      Attempt.of(ledger, resource.physical(), () -> functions.add(read(resource.physical())));
    }
    return functions;
  }

  private DeployedFunction read(String name) {
    FunctionConfiguration function =
        client.getFunction(request -> request.functionName(name)).configuration();
    boolean inVpc = function.vpcConfig() != null;
    return new DeployedFunction(
        name,
        name.startsWith(stack.name() + "-") ? name.substring(stack.name().length() + 1) : name,
        function.functionArn(),
        function.role(),
        inVpc ? function.vpcConfig().subnetIds() : List.of(),
        inVpc ? function.vpcConfig().securityGroupIds() : List.of());
  }
}
