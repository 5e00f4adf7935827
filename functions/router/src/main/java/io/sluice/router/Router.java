package io.sluice.router;

import io.sluice.config.RoutingTable;
import io.sluice.core.exchange.Exchange;
import io.sluice.core.exchange.ExchangeHandler;
import io.sluice.core.exchange.Front;
import io.sluice.core.exchange.RequestPath;
import io.sluice.core.http.HttpRequest;
import io.sluice.core.http.HttpResponse;
import io.sluice.core.identity.Caller;
import io.sluice.core.log.JsonLog;
import io.sluice.core.model.Backend;
import io.sluice.docs.Documentation;
import io.sluice.prompts.PromptRegistry;
import io.sluice.router.api.InvalidRequestException;
import io.sluice.router.api.RequestBody;
import io.sluice.router.call.ModelCaller;
import io.sluice.router.error.ErrorCode;
import io.sluice.router.error.RefusalException;
import io.sluice.router.language.Languages;
import io.sluice.router.route.ApiRequest;
import io.sluice.router.route.ApiRoute;
import io.sluice.router.route.Desk;
import io.sluice.router.route.PromptRoute;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The Duo API (contract 1 to 4): finds the route of a request, lets it answer, and says why where
 * it cannot. The host authenticates every request that is not {@link #isOpen} before it calls
 * {@link #handle}, and answers {@code POST /v1/code/user_access_token} itself. Thread-safe.
 */
public final class Router implements ExchangeHandler {

  private static final Set<String> READING = Set.of("GET", "HEAD");

  private final Endpoints endpoints;
  private final OpenRoutes open;
  private final RouterSettings settings;

  /**
   * @param documentation what documentation search looks into
   * @param keysReady whether there are keys to verify tokens with, for the readiness probe; {@code
   *     null} where another function knows: the probe then says nothing of them
   */
  public Router(
      RoutingTable table,
      Backend backend,
      PromptRegistry prompts,
      Languages languages,
      Documentation documentation,
      @Nullable BooleanSupplier keysReady,
      JsonLog log,
      Clock clock,
      RouterSettings settings) {
    this.settings = settings;
    this.open = new OpenRoutes(table, keysReady);
    this.endpoints =
        new Endpoints(
            new Desk(
                table,
                new ModelCaller(backend, settings.patience(), log),
                prompts,
                languages,
                settings.keepAlive(),
                clock,
                settings.region()),
            documentation);
  }

  /** Whether the request is answered without a caller. */
  public boolean isOpen(HttpRequest request) {
    return RequestPath.of(request.rawPath())
        .filter(path -> OpenRoutes.contains(request, path))
        .isPresent();
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    HttpRequest request = exchange.request();
    Optional<String> path = RequestPath.of(request.rawPath());
    if (path.isEmpty()) {
      notFound(exchange);
    } else if (isOpen(request)) {
      answerOpen(exchange, path.get());
    } else {
      Optional<Endpoints.Match> match = endpoints.find(path.get());
      if (match.isPresent()) {
        answer(exchange, match.get());
      } else {
        answerUnknown(exchange, path.get());
      }
    }
  }

  private void answerOpen(Exchange exchange, String path) throws IOException {
    String method = exchange.request().method();
    if (!path.equals("/") && !OpenRoutes.isServed(path)) {
      notFound(exchange);
    } else if (READING.contains(method)) {
      exchange.trail().route("GET " + path);
      send(exchange, open.answer(path));
    } else {
      methodNotAllowed(exchange, "GET, HEAD");
    }
  }

  private void answerUnknown(Exchange exchange, String path) throws IOException {
    String slashless = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    boolean known =
        !slashless.equals(path)
            && (OpenRoutes.isServed(slashless) || endpoints.find(slashless).isPresent());
    if (known) {
      send(exchange, Redirect.to(exchange.request(), settings.scheme(), slashless));
    } else {
      notFound(exchange);
    }
  }

  private void answer(Exchange exchange, Endpoints.Match match) throws IOException {
    HttpRequest request = exchange.request();
    exchange.trail().route(match.pattern());
    ApiRoute route = match.route();
    if (!request.method().equals("POST")) {
      methodNotAllowed(exchange, "POST");
      return;
    }
    if (route == null) {
      notFound(exchange);
      return;
    }
    Optional<HttpResponse> bodyProblem = Front.bodyProblem(request);
    if (bodyProblem.isPresent()) {
      exchange.trail().error(ErrorCode.BODY_REFUSED.wire(), "the body was refused");
      exchange.send(bodyProblem.get());
      return;
    }
    boolean asList = match.rest().equals(PromptRoute.CONNECTION_CHECK);
    try {
      Caller caller = exchange.trail().caller();
      if (caller == null) {
        throw new IllegalStateException("the host must authenticate requests of " + match);
      }
      route.handle(new ApiRequest(exchange, caller, match.rest(), RequestBody.of(request)));
    } catch (InvalidRequestException e) {
      boolean detailed = settings.detailedErrors() && isVerbose(request);
      exchange.trail().error(ErrorCode.INVALID_REQUEST.wire(), e.list());
      refuse(
          exchange,
          new RefusalException(e.status(), ErrorCode.INVALID_REQUEST, e.detail(detailed)),
          asList);
    } catch (RefusalException e) {
      if (exchange.trail().errorCode() == null) {
        exchange.trail().error(e.code().wire(), e.recorded());
      }
      refuse(exchange, e, asList);
    }
  }

  /** A refused request has both records, too. */
  private static void refuse(Exchange exchange, RefusalException refusal, boolean asList)
      throws IOException {
    if (exchange.opened() || exchange.open(true)) {
      exchange.send(refusal.response(asList));
    }
  }

  private static boolean isVerbose(HttpRequest request) {
    return "true".equals(request.headers().first("x-gitlab-enabled-instance-verbose-ai-logs"));
  }

  private void notFound(Exchange exchange) throws IOException {
    exchange.trail().error(ErrorCode.NOT_FOUND.wire(), "there is no such route");
    send(exchange, HttpResponse.detail(404, "Not Found"));
  }

  private void methodNotAllowed(Exchange exchange, String allowed) throws IOException {
    exchange.trail().error(ErrorCode.METHOD_NOT_ALLOWED.wire(), "the route allows " + allowed);
    send(exchange, HttpResponse.detail(405, "Method Not Allowed").with("Allow", allowed));
  }

  /** An answer to HEAD has no body. */
  private static void send(Exchange exchange, HttpResponse response) throws IOException {
    boolean head = exchange.request().method().equals("HEAD");
    exchange.send(
        head ? new HttpResponse(response.status(), response.headers(), new byte[0]) : response);
  }
}
