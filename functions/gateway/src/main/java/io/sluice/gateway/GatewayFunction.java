package io.sluice.gateway;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.sluice.aws.AwsEnvironment;
import io.sluice.aws.audit.SqsAuditLog;
import io.sluice.backend.openai.OpenAiBackendSettings;
import io.sluice.config.Provider;
import io.sluice.config.routing.SnapshotRoutingTable;
import io.sluice.config.store.PublishedTable;
import io.sluice.core.lambda.ProxyEdge;
import io.sluice.core.log.JsonLines;
import io.sluice.core.model.Backend;
import io.sluice.prompts.PromptRegistry;
import io.sluice.router.DocumentationSettings;
import io.sluice.router.Router;
import io.sluice.router.RouterSettings;
import io.sluice.router.call.ProviderBackends;
import io.sluice.router.language.Languages;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * Router and backends in one function behind API Gateway's streaming proxy integration: composition
 * only. Configured by {@link OpenAiBackendSettings}, {@link DocumentationSettings}, {@link
 * PublishedTable} and {@link SqsAuditLog}. Thread-safe.
 */
public final class GatewayFunction implements RequestStreamHandler, AutoCloseable {

  private final ProxyEdge edge;

  /**
   * The function as Lambda starts it, configured by environment variables.
   *
   * @throws IllegalArgumentException if a variable is malformed; the message names it
   */
  public GatewayFunction() {
    this(System.getenv(), JsonLines.standardOutput(Clock.systemUTC()), Clock.systemUTC());
  }

  /** A function of that environment. */
  GatewayFunction(Map<String, String> environment, JsonLines log, Clock clock) {
    AwsEnvironment aws = AwsEnvironment.of(environment);
    OpenAiBackendSettings settings = OpenAiBackendSettings.of(environment);
    SnapshotRoutingTable table =
        PublishedTable.open(environment, aws, settings.deployment(), log, clock);
    Backend openAi = settings.backend(aws, table, log, clock);
    Router router =
        new Router(
            table,
            new ProviderBackends(table, Map.of(Provider.OPENAI, openAi, Provider.AZURE, openAi)),
            new PromptRegistry(table.prompts()),
            new Languages(),
            DocumentationSettings.of(environment, log),
            null,
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
