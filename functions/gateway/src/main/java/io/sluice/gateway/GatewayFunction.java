package io.sluice.gateway;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.sluice.backend.openai.OpenAiBackend;
import io.sluice.config.Deployment;
import io.sluice.config.DeploymentSettings;
import io.sluice.config.Provider;
import io.sluice.config.routing.SnapshotRoutingTable;
import io.sluice.config.snapshot.CurrentSnapshot;
import io.sluice.config.snapshot.Snapshot;
import io.sluice.core.audit.AuditLog;
import io.sluice.core.json.JsonObject;
import io.sluice.core.lambda.ProxyEdge;
import io.sluice.core.log.JsonLines;
import io.sluice.core.log.JsonLog;
import io.sluice.core.model.Backend;
import io.sluice.outbound.SocketOutboundClient;
import io.sluice.router.Router;
import io.sluice.router.RouterSettings;
import io.sluice.router.call.ProviderBackends;
import io.sluice.router.language.Languages;
import io.sluice.router.prompt.PromptRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Router and backends in one function behind API Gateway's streaming proxy integration: composition
 * only. Believes {@code requestContext.authorizer} alone about the caller (design, decision 12).
 * Configured by {@link GatewaySettings}. Thread-safe.
 */
public final class GatewayFunction implements RequestStreamHandler, AutoCloseable {

  private final ProxyEdge edge;

  /**
   * The function as Lambda starts it, configured by environment variables.
   *
   * @throws IllegalArgumentException if a variable is malformed; the message names it
   */
  public GatewayFunction() {
    this(System.getenv(), new JsonLines(System.out, Clock.systemUTC()), Clock.systemUTC());
  }

  /** A function of that environment. */
  GatewayFunction(Map<String, String> environment, JsonLog log, Clock clock) {
    AuditLog audit =
        record -> log.line(JsonLog.Level.INFO, "audit", "audit record", marked(record));
    Router router = router(GatewaySettings.of(environment), log, clock);
    this.edge = new ProxyEdge(router::isOpen, router, audit, log, clock);
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

  private static Router router(GatewaySettings settings, JsonLog log, Clock clock) {
    DeploymentSettings allowed = settings.deployment();
    Deployment deployment = allowed.deployment(Set.of(Provider.OPENAI, Provider.AZURE));
    // Until the next step reads snapshots, the table is empty: the default model and metadata
    // answer.
    CurrentSnapshot empty = new CurrentSnapshot(Snapshot.EMPTY, false);
    SnapshotRoutingTable table =
        new SnapshotRoutingTable(() -> Optional.of(empty), deployment, clock);
    Backend openAi =
        new OpenAiBackend(
            table,
            name -> Optional.empty(),
            allowed.metadataEndpoints(),
            allowed.rowEndpoints(),
            new SocketOutboundClient(
                allowed.rowEndpoints(), allowed.rowEndpoints(), settings.authorities()),
            log,
            clock);
    return new Router(
        table,
        new ProviderBackends(table, Map.of(Provider.OPENAI, openAi, Provider.AZURE, openAi)),
        new PromptRegistry(),
        new Languages(),
        () -> true,
        log,
        clock,
        RouterSettings.of("https"));
  }

  private static JsonObject marked(JsonObject record) {
    return JsonObject.builder().put("audit_record", record).build();
  }
}
