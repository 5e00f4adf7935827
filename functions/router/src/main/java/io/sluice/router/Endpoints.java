package io.sluice.router;

import io.sluice.docs.Documentation;
import io.sluice.router.route.ApiRoute;
import io.sluice.router.route.ChatRoute;
import io.sluice.router.route.CompletionRoute;
import io.sluice.router.route.Desk;
import io.sluice.router.route.EmbeddingRoute;
import io.sluice.router.route.GenerationRoute;
import io.sluice.router.route.LegacyChatRoute;
import io.sluice.router.route.PromptRoute;
import io.sluice.router.route.SearchRoute;
import io.sluice.router.route.SuggestionRoute;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of POST routes (contract 1.1): exact paths, and paths with an id behind them. */
final class Endpoints {

  /** The route that the host gives to another function; known here for its wrong verbs. */
  private static final String USER_TOKEN = "/v1/code/user_access_token";

  private static final String EMBEDDINGS = "/v1/embeddings/code_embeddings";

  /**
   * A route that a path leads to.
   *
   * @param pattern the route as records name it
   * @param rest the id in the path, else empty
   * @param route who answers, {@code null} for another function
   */
  record Match(String pattern, String rest, @Nullable ApiRoute route) {}

  private final Map<String, ApiRoute> exact = new LinkedHashMap<>();
  private final Map<String, ApiRoute> prefixes = new LinkedHashMap<>();

  Endpoints(Desk desk, Documentation documentation) {
    prefixes.put("/v1/prompts/", new PromptRoute(desk, false));
    prefixes.put("/v2/prompts/", new PromptRoute(desk, true));
    prefixes.put("/v1/chat/", new LegacyChatRoute(desk));
    exact.put("/v2/chat/agent", new ChatRoute(desk));
    exact.put("/v2/code/completions", new CompletionRoute(desk));
    exact.put("/v2/completions", new CompletionRoute(desk));
    exact.put("/v2/code/generations", new GenerationRoute(desk));
    exact.put("/v3/code/completions", new SuggestionRoute(desk, false));
    exact.put("/v4/code/suggestions", new SuggestionRoute(desk, true));
    exact.put("/v1/search/gitlab-docs", new SearchRoute(desk, documentation));
    ApiRoute embeddings = new EmbeddingRoute(desk);
    exact.put(EMBEDDINGS, embeddings);
    exact.put(EMBEDDINGS + "/index", embeddings);
    exact.put(EMBEDDINGS + "/search", embeddings);
  }

  /** The route of a decoded path. */
  Optional<Match> find(String path) {
    ApiRoute route = exact.get(path);
    if (route != null) {
      return Optional.of(new Match("POST " + path, "", route));
    }
    if (path.equals(USER_TOKEN)) {
      return Optional.of(new Match("POST " + path, "", null));
    }
    for (Map.Entry<String, ApiRoute> entry : prefixes.entrySet()) {
      String prefix = entry.getKey();
      if (path.startsWith(prefix) && path.length() > prefix.length()) {
        return Optional.of(
            new Match(
                "POST " + prefix + "{id}", path.substring(prefix.length()), entry.getValue()));
      }
    }
    return Optional.empty();
  }
}
