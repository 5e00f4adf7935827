package io.sluice.doctor.stack;

import io.sluice.doctor.Check;
import io.sluice.doctor.Reasons;
import io.sluice.doctor.Subject;
import io.sluice.doctor.report.Diagnosis;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The checks of one stack, and what it says of its gateway. Where the stack itself can't be read,
 * there is one check, which says why. Immutable.
 *
 * @param subject the gateway, as the stack knows it
 * @param checks in the order in which they help a reader
 */
public record StackChecks(Subject subject, List<Check> checks) {

  private static final String TITLE = "Stack";

  public StackChecks {
    checks = List.copyOf(checks);
  }

  /** Reads the stack of that name. */
  public static StackChecks of(String name, AwsClients aws, Clock clock) {
    try {
      Optional<DeployedStack> stack = new StackReader(aws.cloudFormation()).read(name);
      return stack.isPresent()
          ? of(stack.get(), aws, clock)
          : alone(new Said(TITLE, ledger -> ledger.finding(Diagnosis.STACK_MISSING, name)));
    } catch (SdkException e) {
      String why = Reasons.of(e);
      return alone(new Said(TITLE, ledger -> ledger.unchecked(name + ": " + why)));
    }
  }

  private static StackChecks alone(Check check) {
    return new StackChecks(new Subject(null, List.of(), List.of()), List.of(check));
  }

  private static StackChecks of(DeployedStack stack, AwsClients aws, Clock clock) {
    Rows rows = new Rows(aws.dynamoDb(), stack.output("RoutesTable"));
    DeployedFunctions functions = new DeployedFunctions(stack, aws.lambda());
    Needs needs = Needs.ofTemplates();
    String url = stack.output("ApiUrl").isEmpty() ? null : stack.output("ApiUrl");
    return new StackChecks(
        new Subject(url, stack.gitLabUrls(), models(rows)),
        List.of(
            new StackStateCheck(stack),
            new ApiCheck(stack, aws.apiGateway()),
            new EndpointsCheck(stack, aws.ec2(), functions, needs, rows, host(url)),
            new FunctionsCheck(stack, aws.lambda()),
            new PermissionsCheck(stack, functions, needs, rows, new Simulation(aws.iam())),
            new InvocationsCheck(stack, functions, needs, aws.lambda()),
            new TablesCheck(stack, aws.dynamoDb()),
            new RowsCheck(stack, rows, aws.dynamoDb(), clock),
            new SecretsCheck(stack, rows, aws.secrets()),
            new QueuesCheck(stack, aws.sqs()),
            new KeysCheck(stack, aws.kms()),
            new LogsCheck(stack, aws.logs())));
  }

  private static @Nullable String host(@Nullable String url) {
    return url == null ? null : URI.create(url).getHost();
  }

  /** None where the table may not be read, which its own check says. */
  private static List<String> models(Rows rows) {
    try {
      return rows.models();
    } catch (SdkException e) {
      return List.of();
    }
  }
}
