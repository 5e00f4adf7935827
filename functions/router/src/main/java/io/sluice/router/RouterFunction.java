package io.sluice.router;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.sluice.aws.AwsEnvironment;
import io.sluice.aws.audit.SqsAuditLog;
import io.sluice.config.Provider;
import io.sluice.config.routing.SnapshotRoutingTable;
import io.sluice.config.store.PublishedTable;
import io.sluice.core.lambda.ProxyEdge;
import io.sluice.core.log.JsonLines;
import io.sluice.core.model.Backend;
import io.sluice.prompts.PromptRegistry;
import io.sluice.router.call.ProviderBackends;
import io.sluice.router.language.Languages;
import io.sluice.router.remote.RemoteBackend;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * The router behind API Gateway's streaming proxy integration: routes by the published table, has
 * models called by functions of their own, records to the audit queue. Its role needs {@code
 * dynamodb:GetItem}, {@code lambda:InvokeFunction} and {@code sqs:SendMessage}, no model and no
 * secret. Configured by {@link FunctionSettings}, {@link DocumentationSettings}, {@code
 * SLUICE_STATE_TABLE} and {@code SLUICE_AUDIT_QUEUE_URL}. Thread-safe.
 */
public final class RouterFunction implements RequestStreamHandler, AutoCloseable {

  private final ProxyEdge edge;

  /**
   * The function as Lambda starts it, configured by environment variables.
   *
   * @throws IllegalArgumentException if one is missing or malformed; the message names it
   */
  public RouterFunction() {
    this(System.getenv(), JsonLines.standardOutput(Clock.systemUTC()), Clock.systemUTC());
  }

  /** A function of that environment. */
  RouterFunction(Map<String, String> environment, JsonLines log, Clock clock) {
    FunctionSettings settings = FunctionSettings.of(environment);
    AwsEnvironment aws = AwsEnvironment.of(environment);
    SnapshotRoutingTable table =
        PublishedTable.open(environment, aws, settings.deployment(), log, clock);
    Map<Provider, Backend> backends = new EnumMap<>(Provider.class);
    Backend openAi = new RemoteBackend(settings.openAi(aws));
    FunctionSettings.OPENAI.forEach(provider -> backends.put(provider, openAi));
    Router router =
        new Router(
            table,
            new ProviderBackends(table, backends),
            new PromptRegistry(table.prompts()),
            new Languages(),
            DocumentationSettings.of(environment, log),
            null, // the authorizer has the keys
            log,
            clock,
            RouterSettings.of("https"));
    this.edge =
        new ProxyEdge(router::isOpen, router, SqsAuditLog.of(environment, aws, log), log, clock);
  }

  /**
   * Answers one event; JSON that is no proxy event is told to the log and answered with nothing.
   *
   * @throws IOException if the answer was broken off, so that Lambda is told
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Duration remaining = Duration.ofMillis(context.getRemainingTimeInMillis());
    edge.handle(input, output, remaining, context.getAwsRequestId());
  }

  /** Ends the requests under way in order: the runtime calls this on SIGTERM. */
  @Override
  public void close() {
    edge.close();
  }
}
