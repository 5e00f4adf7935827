package io.sluice.gateway;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.sluice.backend.openai.OpenAiBackend;
import io.sluice.config.Deployment;
import io.sluice.config.Provider;
import io.sluice.config.routing.SnapshotRoutingTable;
import io.sluice.config.snapshot.CurrentSnapshot;
import io.sluice.config.snapshot.Snapshot;
import io.sluice.core.audit.AuditLog;
import io.sluice.core.exchange.Exchange;
import io.sluice.core.exchange.Front;
import io.sluice.core.http.HttpResponse;
import io.sluice.core.identity.Caller;
import io.sluice.core.json.JsonObject;
import io.sluice.core.lambda.ProxyEvent;
import io.sluice.core.lambda.StreamedResponse;
import io.sluice.core.log.JsonLines;
import io.sluice.core.log.JsonLog;
import io.sluice.core.model.Backend;
import io.sluice.outbound.SocketOutboundClient;
import io.sluice.router.Router;
import io.sluice.router.RouterSettings;
import io.sluice.router.language.Languages;
import io.sluice.router.prompt.PromptRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Router and backends in one function behind API Gateway's streaming proxy integration: composition
 * only. Believes {@code requestContext.authorizer} alone about the caller (design, decision 12).
 * Configured by {@link GatewaySettings}. Thread-safe.
 */
public final class GatewayFunction implements RequestStreamHandler {

  private static final byte[] IGNORED = "{}".getBytes(StandardCharsets.US_ASCII);

  private final Router router;
  private final AuditLog audit;
  private final JsonLog log;
  private final Clock clock;

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
    this.log = log;
    this.clock = clock;
    this.audit = record -> log.line(JsonLog.Level.INFO, "audit", "audit record", marked(record));
    this.router = router(GatewaySettings.of(environment), log, clock);
  }

  /**
   * Answers one event; JSON that is no proxy event is told to the log and answered with nothing.
   *
   * @throws IOException if the answer was broken off, so that Lambda is told
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    long arrived = System.nanoTime();
    Optional<ProxyEvent> event = ProxyEvent.read(input.readAllBytes(), arrived);
    if (event.isEmpty()) {
      log.line(
          JsonLog.Level.WARNING,
          "gateway",
          "an event that is no API Gateway proxy event was ignored",
          JsonObject.builder().put("aws_request_id", context.getAwsRequestId()).build());
      output.write(IGNORED);
      return;
    }
    StreamedResponse response = new StreamedResponse(output);
    Caller caller = event.get().caller();
    new Front(exchange -> answer(exchange, caller), audit, log, clock)
        .handle(event.get().request(), response);
    if (response.aborted()) {
      throw new IOException("the answer was broken off");
    }
  }

  private void answer(Exchange exchange, @Nullable Caller caller) throws IOException {
    if (caller != null) {
      exchange.trail().caller(caller);
    } else if (!router.isOpen(exchange.request())) {
      exchange.trail().error("unauthenticated", "API Gateway handed on no caller");
      exchange.send(HttpResponse.unauthorized("Forbidden by auth provider"));
      return;
    }
    router.handle(exchange);
  }

  private static Router router(GatewaySettings settings, JsonLog log, Clock clock) {
    Deployment deployment =
        new Deployment(
            settings.rowEndpoints(),
            settings.metadataEndpoints(),
            Set.of(Provider.OPENAI, Provider.AZURE),
            Set.of(),
            settings.defaultModel());
    // Until the next step reads snapshots, the table is empty: the default model and metadata
    // answer.
    CurrentSnapshot empty = new CurrentSnapshot(Snapshot.EMPTY, false);
    SnapshotRoutingTable table =
        new SnapshotRoutingTable(() -> Optional.of(empty), deployment, clock);
    Backend openAi =
        new OpenAiBackend(
            table,
            name -> Optional.empty(),
            settings.metadataEndpoints(),
            settings.rowEndpoints(),
            new SocketOutboundClient(
                settings.rowEndpoints(), settings.rowEndpoints(), settings.authorities()),
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
