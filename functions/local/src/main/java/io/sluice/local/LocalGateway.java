package io.sluice.local;

import io.netty.handler.ssl.SslContext;
import io.sluice.authorizer.Authenticator;
import io.sluice.authorizer.Issuer;
import io.sluice.authorizer.KeyFileStore;
import io.sluice.backend.openai.LocalSecrets;
import io.sluice.backend.openai.OpenAiBackend;
import io.sluice.config.AwsFence;
import io.sluice.config.Deployment;
import io.sluice.config.ModelRow;
import io.sluice.config.Provider;
import io.sluice.config.routing.SnapshotRoutingTable;
import io.sluice.core.exchange.Front;
import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLog;
import io.sluice.local.http.HttpLimits;
import io.sluice.local.http.HttpServer;
import io.sluice.outbound.SocketOutboundClient;
import io.sluice.prompts.PromptRegistry;
import io.sluice.router.Router;
import io.sluice.router.RouterSettings;
import io.sluice.router.language.Languages;
import io.sluice.usertoken.PemSigningKey;
import io.sluice.usertoken.UserTokens;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Authorizer, user-token, router and backends behind one port: composition only. */
final class LocalGateway {

  /** How long streams may go on after the end was asked for. */
  static final Duration GRACE = Duration.ofSeconds(30);

  private final HttpServer server;
  private final AuditFile audit;
  private final Settings settings;

  private LocalGateway(HttpServer server, AuditFile audit, Settings settings) {
    this.server = server;
    this.audit = audit;
    this.settings = settings;
  }

  /**
   * Starts it.
   *
   * @param demoIssuer the demo's own GitLab, if there is one
   * @throws StartupException naming the flag to change
   */
  static LocalGateway start(
      Settings settings,
      Map<String, String> environment,
      @Nullable Issuer demoIssuer,
      Clock clock,
      JsonLog log)
      throws StartupException {
    Endpoints endpoints = Endpoints.of(settings, environment);
    Path directory = DataDirectory.prepare(settings.dataDirectory());
    SslContext tls = TlsFiles.load(settings);
    LocalSecrets secrets = Secrets.open(settings, environment);
    PemSigningKey signingKey = signingKey(settings, directory);
    List<Issuer> issuers = Issuers.of(settings, demoIssuer, signingKey.publicKey());
    AuditFile audit = audit(directory);

    Authenticator authenticator = authenticator(issuers, endpoints, directory, clock, log);
    ModelRow defaultModel = DefaultModel.of(settings);
    Deployment deployment =
        new Deployment(
            endpoints.rows(), endpoints.metadata(), Provider.served(), AwsFence.OPEN, defaultModel);
    SnapshotRoutingTable table =
        new SnapshotRoutingTable(
            RowStore.open(settings, deployment, clock, log), deployment, clock);
    OpenAiBackend backend =
        new OpenAiBackend(
            table,
            secrets,
            endpoints.metadata(),
            endpoints.rows(),
            new SocketOutboundClient(endpoints.rows(), endpoints.rows(), endpoints.authorities()),
            log,
            clock);
    Router router =
        new Router(
            table,
            backend,
            new PromptRegistry(table.prompts()),
            new Languages(),
            Documentations.open(settings, log),
            authenticator::ready,
            log,
            clock,
            RouterSettings.of(settings.scheme()));
    DuoApi api = new DuoApi(authenticator, new UserTokens(signingKey, log, clock), router);
    HttpServer server = listen(settings, tls, new Front(api, audit, log, clock), log);
    LocalGateway gateway = new LocalGateway(server, audit, settings);
    gateway.announce(issuers, defaultModel, log);
    return gateway;
  }

  /** Its base URL. */
  String url() {
    return "%s://%s:%d"
        .formatted(
            settings.scheme(),
            settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host(),
            server.address().getPort());
  }

  /** Where its audit records are. */
  Path auditFile() {
    return settings.dataDirectory().resolve("audit.jsonl");
  }

  /** Lets requests that are under way finish within that time, then ends. */
  void stop(Duration grace) throws IOException {
    server.stop(grace);
    audit.close();
  }

  private void announce(List<Issuer> issuers, @Nullable ModelRow defaultModel, JsonLog log) {
    log.line(
        JsonLog.Level.INFO,
        "gateway",
        "serving",
        JsonObject.builder()
            .put("url", url())
            .put("issuers", issuers.stream().map(Issuer::name).toList())
            .put("data_dir", settings.dataDirectory().toString())
            .putPresent(
                "default_model",
                defaultModel == null
                    ? null
                    : defaultModel.model() + " at " + defaultModel.endpoint())
            .build());
  }

  private static HttpServer listen(
      Settings settings, @Nullable SslContext tls, Front front, JsonLog log)
      throws StartupException {
    InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
    if (address.isUnresolved()) {
      throw new StartupException("--host", "%s has no address".formatted(settings.host()));
    }
    try {
      return HttpServer.start(address, tls, front, HttpLimits.standard(), log);
    } catch (IOException e) {
      throw new StartupException(
          "--port",
          "can't listen at %s:%d: %s".formatted(settings.host(), settings.port(), e.getMessage()));
    }
  }

  private static Authenticator authenticator(
      List<Issuer> issuers, Endpoints endpoints, Path directory, Clock clock, JsonLog log)
      throws StartupException {
    SocketOutboundClient client =
        new SocketOutboundClient(endpoints.gitLab(), endpoints.gitLab(), endpoints.authorities());
    try {
      Authenticator authenticator =
          Authenticator.of(issuers, client, new KeyFileStore(directory), log, clock);
      authenticator.prefetch();
      return authenticator;
    } catch (IllegalArgumentException e) {
      throw new StartupException("--gitlab-url", String.valueOf(e.getMessage()));
    }
  }

  private static PemSigningKey signingKey(Settings settings, Path directory)
      throws StartupException {
    Path given = settings.signingKey();
    try {
      return given == null
          ? PemSigningKey.loadOrCreate(directory.resolve("signing-key.pem"))
          : PemSigningKey.load(given);
    } catch (IOException e) {
      throw new StartupException(
          given == null ? "--data-dir" : "--signing-key", String.valueOf(e.getMessage()));
    }
  }

  private static AuditFile audit(Path directory) throws StartupException {
    Path file = directory.resolve("audit.jsonl");
    try {
      return new AuditFile(file);
    } catch (IOException e) {
      throw new StartupException(
          "--data-dir", "%s can't be written: %s".formatted(file, DataDirectory.reason(e)));
    }
  }
}
