package io.sluice.configcli;

import io.sluice.config.judge.Judge;
import io.sluice.config.store.DynamoDb;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.exception.SdkException;

/** Which store a command works on. Filled in by picocli. */
final class StoreOptions {

  private static final Duration ATTEMPT = Duration.ofSeconds(5);
  private static final Duration CALL = Duration.ofSeconds(20);

  @Option(
      names = "--file",
      paramLabel = "ROWS",
      description = "Rows in a YAML file, as the local host watches it")
  private @Nullable Path file;

  @Option(
      names = "--stack",
      paramLabel = "NAME",
      description = "Rows in the tables NAME-routes and NAME-state of a deployed stack")
  private @Nullable String stack;

  @Option(names = "--routes-table", paramLabel = "TABLE", description = "Another table of rows")
  private @Nullable String routesTable;

  @Option(names = "--state-table", paramLabel = "TABLE", description = "Another table of state")
  private @Nullable String stateTable;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "The stack's Region. Default: AWS_REGION, or that of the AWS profile")
  private @Nullable String region;

  @Option(
      names = "--endpoint-url",
      paramLabel = "URL",
      description =
          "Another DynamoDB: a VPC endpoint (https), or DynamoDB Local (http, needs no"
              + " credentials)")
  private @Nullable URI endpoint;

  /** Whether any store was named. */
  boolean given() {
    return file != null || stack != null || routesTable != null || stateTable != null;
  }

  /** Whether the store is a file. */
  boolean isFile() {
    return file != null;
  }

  /**
   * Opens the store.
   *
   * @param judge decides what is live, where no publisher does
   */
  Store open(Judge judge, Map<String, String> environment) throws Failure {
    boolean tables = stack != null || routesTable != null || stateTable != null;
    if (tables == (file != null)) {
      throw Failure.usage(
          tables
              ? "--file and tables exclude each other: give one"
              : "which rows? Give --file ROWS, or --stack NAME for the tables of a stack");
    }
    if (file != null) {
      return new FileStore(file, judge);
    }
    String routes = routesTable != null ? routesTable : named("-routes", "--routes-table");
    String state = stateTable != null ? stateTable : named("-state", "--state-table");
    try {
      return new TableStore(DynamoDb.client(region, endpoint, ATTEMPT, CALL), routes, state);
    } catch (SdkException e) {
      boolean known = region != null || environment.containsKey("AWS_REGION");
      throw Failure.usage(
          known
              ? "no client for DynamoDB can be made: " + e.getMessage()
              : "which Region? Give --region, or set AWS_REGION");
    }
  }

  private String named(String suffix, String option) throws Failure {
    if (stack == null) {
      throw Failure.usage("give --stack, or " + option + " too");
    }
    return stack + suffix;
  }
}
