package io.sluice.router;

import io.sluice.config.PromptRow;
import io.sluice.core.audit.AuditException;
import io.sluice.core.audit.AuditLog;
import io.sluice.core.exchange.ExchangeHandler;
import io.sluice.core.exchange.Front;
import io.sluice.core.http.Body;
import io.sluice.core.http.Headers;
import io.sluice.core.http.HttpRequest;
import io.sluice.core.identity.Caller;
import io.sluice.core.identity.Identity;
import io.sluice.core.json.JsonObject;
import io.sluice.docs.Documentation;
import io.sluice.prompts.PromptRegistry;
import io.sluice.router.answer.KeepAlive;
import io.sluice.router.call.Patience;
import io.sluice.router.language.Languages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A router behind a front door, a caller, and everything it talks to in memory. */
final class RouterFixture {

  static final String COMPLETIONS = "/v2/code/completions";
  static final String GENERATIONS = "/v2/code/generations";
  static final String V3 = "/v3/code/completions";
  static final String V4 = "/v4/code/suggestions";
  static final String CHAT = "/v2/chat/agent";
  static final String CHECK = "/v1/prompts/model_configuration%2Fcheck";
  static final String COMMIT_MESSAGE = "/v1/prompts/generate_commit_message";
  static final long NOW = 1_790_000_000L;
  static final Set<String> SCOPES =
      Set.of(
          "complete_code",
          "generate_code",
          "generate_commit_message",
          "documentation_search",
          "duo_chat",
          "duo_classic_chat",
          "ask_issue",
          "generate_embeddings_codebase");

  private static final PromptRegistry PROMPTS = new PromptRegistry();
  private static final Languages LANGUAGES = new Languages();

  final ScriptedBackend backend = new ScriptedBackend();
  final FixedTable table = new FixedTable();
  final Map<String, PromptRow> promptRows = new HashMap<>();
  final List<JsonObject> audit = new CopyOnWriteArrayList<>();
  final List<JsonObject> log = new CopyOnWriteArrayList<>();
  Set<String> scopes = SCOPES;
  boolean userToken;
  boolean keysReady = true;
  Documentation documentation = Documentation.NONE;

  /** The time until the host stops, {@code null} for a host that doesn't. */
  @Nullable Duration remaining;

  Patience patience = Patience.DEFAULT;
  KeepAlive keepAlive = new KeepAlive(Duration.ofMinutes(1), Duration.ofMinutes(1));
  Headers headers = Headers.of("Content-Type", "application/json");
  Consumer<String> onWrite = piece -> {};

  RecordedAnswer post(String path, String body) {
    return send("POST", path, new Body.Complete(body.getBytes(StandardCharsets.UTF_8)));
  }

  RecordedAnswer send(String method, String path, Body body) {
    RecordedAnswer answer = new RecordedAnswer(piece -> onWrite.accept(piece));
    send(method, path, body, answer);
    return answer;
  }

  void send(String method, String path, Body body, RecordedAnswer answer) {
    send(method, path, body, answer, audit::add);
  }

  /** Sends a request whose audit records can't be kept. */
  void sendUnaudited(String path, String body, RecordedAnswer answer) {
    send(
        "POST",
        path,
        new Body.Complete(body.getBytes(StandardCharsets.UTF_8)),
        answer,
        record -> {
          throw new AuditException("the disk is full", new IOException());
        });
  }

  private void send(
      String method, String path, Body body, RecordedAnswer answer, AuditLog auditLog) {
    Router router = router();
    ExchangeHandler host =
        exchange -> {
          if (!router.isOpen(exchange.request())) {
            exchange.trail().caller(caller());
          }
          router.handle(exchange);
        };
    Front front =
        new Front(
            host, auditLog, (level, logger, message, fields) -> log.add(fields), Clock.systemUTC());
    HttpRequest request =
        new HttpRequest(
            method,
            path,
            "",
            headers,
            body,
            new HttpRequest.Client("127.0.0.1", 1),
            "1.1",
            System.nanoTime());
    if (remaining == null) {
      front.handle(request, answer);
    } else {
      front.handle(request, answer, caller(), remaining);
    }
  }

  Router router() {
    return new Router(
        table,
        backend,
        promptRows.isEmpty() ? PROMPTS : new PromptRegistry(() -> promptRows),
        LANGUAGES,
        (query, count) -> documentation.search(query, count),
        () -> keysReady,
        (level, logger, message, fields) -> log.add(fields),
        Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC),
        new RouterSettings("http", "us-central1", true, patience, keepAlive));
  }

  RouterFixture header(String name, String value) {
    headers = headers.and(Headers.of(name, value));
    return this;
  }

  /** The closing audit record of the last request. */
  JsonObject closing() {
    JsonObject last = audit.getLast();
    if (!last.text("record", "").equals("closing")) {
      throw new AssertionError("no closing record: " + last);
    }
    return last;
  }

  private Caller caller() {
    return new Caller(
        "https://gitlab.example",
        userToken,
        Identity.attested("instance"),
        Identity.attested("self-managed"),
        Identity.asserted("user"),
        null,
        null,
        null,
        scopes,
        null);
  }
}
