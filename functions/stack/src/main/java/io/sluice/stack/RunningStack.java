package io.sluice.stack;

import io.sluice.stack.api.RestApi;
import io.sluice.stack.aws.Queues;
import io.sluice.stack.aws.Tables;
import io.sluice.stack.event.QueueMapping;
import io.sluice.stack.event.Schedule;
import io.sluice.stack.event.StreamMapping;
import io.sluice.stack.function.FunctionDefinition;
import io.sluice.stack.function.FunctionError;
import io.sluice.stack.function.Functions;
import io.sluice.stack.function.LambdaFunction;
import io.sluice.stack.function.NoSuchFunctionException;
import io.sluice.stack.function.Surroundings;
import io.sluice.stack.http.HttpServer;
import io.sluice.stack.iam.InvokePermissions;
import io.sluice.stack.iam.Roles;
import io.sluice.stack.template.ResolvedStack;
import io.sluice.stack.template.Resource;
import io.sluice.stack.template.UnresolvedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A stack on this machine, started from its translated templates and its packages: tables, queues,
 * keys, functions, API, mappings and schedules, each as the templates describe it. Thread-safe.
 */
public final class RunningStack implements AutoCloseable {

  private final ResolvedStack stack;
  private final AwsSide aws;
  private final Functions functions;
  private final HttpServer server;
  private final List<Schedule> schedules;
  private final List<AutoCloseable> mappings = new ArrayList<>();
  private final StackLog log;
  private final CompletableFuture<Thread> firstRun = new CompletableFuture<>();

  private RunningStack(
      ResolvedStack stack,
      AwsSide aws,
      Functions functions,
      HttpServer server,
      List<Schedule> schedules,
      StackLog log) {
    this.stack = stack;
    this.aws = aws;
    this.functions = functions;
    this.server = server;
    this.schedules = schedules;
    this.log = log;
  }

  /**
   * Starts the stack. Its schedules run once, beside the caller.
   *
   * @throws UnresolvedException if the templates say something that can't be done
   * @throws IOException if a package is missing or an emulator does not start
   */
  public static RunningStack start(StackOptions options) throws IOException, InterruptedException {
    ResolvedStack stack =
        ResolvedStack.resolve(
            options.templates(), options.name(), options.parameters(), options.account());
    Files.createDirectories(options.folder());
    Roles roles = Roles.of(stack);
    FunctionResources resources = new FunctionResources(stack, options.project(), roles);
    List<FunctionDefinition> definitions = resources.definitions();
    Preflight.judge(stack, definitions);
    InvokePermissions permissions = InvokePermissions.of(stack);
    StackLog log =
        new StackLog(
            options.folder().resolve("functions.log"), options.printing() ? System.out : null);
    AtomicReference<@Nullable Functions> made = new AtomicReference<>();
    AwsSide aws =
        AwsSide.start(
            stack,
            options,
            roles,
            () -> java.util.Objects.requireNonNull(made.get(), "functions are made"));
    try {
      aws.callers(definitions);
      Functions functions =
          new Functions(
              definitions,
              resources.qualifiers(),
              new Surroundings(
                  options.folder(),
                  options.account().region(),
                  aws.environment(),
                  Path.of(System.getProperty("java.home")),
                  options.project().resolve("functions/stack/target/managed-runtime"),
                  options.isolation(),
                  log::line,
                  options.freezing()));
      made.set(functions);
      HttpServer server =
          HttpServer.start(
              options.port(),
              RestApi.MAX_BODY,
              new RestApi(
                  Preflight.only(stack, "AWS::ApiGateway::RestApi"),
                  Preflight.only(stack, "AWS::ApiGateway::Stage"),
                  options.account(),
                  functions,
                  permissions,
                  line -> log.line(StackLog.ACCESS, line)));
      List<Resource> configs = stack.ofType("AWS::Lambda::EventInvokeConfig").toList();
      List<Schedule> schedules =
          stack
              .ofType("AWS::Events::Rule")
              .map(
                  rule ->
                      new Schedule(
                          rule, options.account(), functions, permissions, configs, aws.queues()))
              .filter(Schedule::enabled)
              .toList();
      RunningStack running = new RunningStack(stack, aws, functions, server, schedules, log);
      running.startMappings();
      running.firstRun.complete(
          Thread.ofVirtual().name("schedules").start(running::runSchedulesOnce));
      return running;
    } catch (IOException | RuntimeException e) {
      aws.close();
      throw e;
    }
  }

  private void startMappings() {
    stack.ofType("AWS::Lambda::EventSourceMapping").forEach(this::start);
  }

  private void start(Resource mapping) {
    Functions.Target target;
    try {
      target = functions.find(mapping.text("FunctionName"));
    } catch (NoSuchFunctionException e) {
      throw new UnresolvedException(mapping.place(), e.getMessage() + "");
    }
    if (mapping.properties().has("Enabled") && !mapping.flag("Enabled")) {
      return;
    }
    String source = mapping.text("EventSourceArn");
    String region = stack.account().region();
    if (source.contains(":sqs:")) {
      mappings.add(new QueueMapping(mapping, aws.queues(), target, region, this::harness));
      return;
    }
    String table = source.replaceFirst("^.*:table/([^/]+)/stream/.*$", "$1");
    String local = aws.tables().stream(table);
    if (local == null) {
      throw new UnresolvedException(mapping.place(), "no stream " + source);
    }
    mappings.add(
        new StreamMapping(
            mapping, local, aws.dynamoDbClient(), target, aws.queues(), region, this::harness));
  }

  private void harness(String line) {
    log.line(StackLog.HARNESS, line);
  }

  private void runSchedulesOnce() {
    try {
      runSchedules();
    } catch (IOException | RuntimeException e) {
      harness("a schedule failed: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until the run of the schedules that the start began is over. */
  public void awaitFirstRun() throws InterruptedException {
    firstRun.join().join();
  }

  /**
   * Runs every schedule once, now, and waits for the end of what it invokes.
   *
   * @return how the last of them failed, {@code null} where none did
   */
  public @Nullable FunctionError runSchedules() throws IOException, InterruptedException {
    FunctionError error = null;
    for (Schedule schedule : schedules) {
      FunctionError failure = schedule.fire();
      if (failure != null) {
        harness(schedule.rule().logicalId() + ": " + failure.payload());
        error = failure;
      }
    }
    return error;
  }

  /** The API's base URL, without a slash at its end. */
  public String url() {
    return "http://127.0.0.1:" + server.port();
  }

  /** The resolved templates. */
  public ResolvedStack resources() {
    return stack;
  }

  /** The function whose name ends so. */
  public LambdaFunction function(String suffix) {
    return functions.all().stream()
        .filter(function -> function.definition().name().endsWith(suffix))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no function " + suffix));
  }

  public Tables tables() {
    return aws.tables();
  }

  public Queues queues() {
    return aws.queues();
  }

  public StackLog log() {
    return log;
  }

  /**
   * Breaks every connection to a service, or no longer.
   *
   * @param service as in the variable of its endpoint, such as {@code SQS}
   */
  public void down(String service, boolean isDown) {
    aws.endpoint(service).down(isDown);
  }

  /** Calls that no permission allowed or whose signature was wrong. */
  public List<String> refusals() {
    return aws.refusals();
  }

  @Override
  public void close() {
    for (AutoCloseable mapping : mappings) {
      try {
        mapping.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    server.close();
    functions.close();
    aws.close();
  }
}
