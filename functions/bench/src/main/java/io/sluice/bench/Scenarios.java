package io.sluice.bench;

import io.sluice.core.http.Headers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The packaged functions among their neighbours.
 *
 * @param neighbours what the functions call
 */
record Scenarios(Neighbours neighbours) {

  /** The prelude's end, and an answer that the stub model's words are in. */
  private static final List<String> STREAMED =
      List.of("\"statusCode\":200", "\0\0\0\0\0\0\0\0", "stub ", "reply");

  private static final String[] REQUESTS = {
    "code_generations.json",
    "code_completions.json",
    "code_suggestions.json",
    "generate_commit_message.json",
    "model_configuration_check.json",
    "documentation_search.json",
    "healthz.json"
  };

  /** Every function that is packaged. */
  List<FunctionScenario> all() {
    return List.of(authorizer(), userToken(), router(), backendOpenAi(), gateway());
  }

  FunctionScenario named(String function) {
    return all().stream()
        .filter(scenario -> scenario.function().equals(function))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no function named " + function));
  }

  FunctionScenario authorizer() {
    return new FunctionScenario(
        "authorizer",
        neighbours.environment(
            "io.sluice.authorizer.AuthorizerFunction",
            Map.of(
                "SLUICE_STATE_TABLE",
                Neighbours.STATE,
                "SLUICE_GITLAB_URLS",
                neighbours.gitLab().url(),
                "SLUICE_USER_TOKEN_KEYS",
                Neighbours.SIGNING_KEY)),
        () ->
            List.of(
                GoldenEvents.withHeaders("authorizer.json", neighbours.gitLab().headers()),
                GoldenEvents.withHeaders("authorizer.json", Headers.EMPTY)),
        List.of("\"Effect\":\"Allow\"", "\"issuer\":\"" + neighbours.gitLab().url()));
  }

  FunctionScenario userToken() {
    return new FunctionScenario(
        "user-token",
        neighbours.environment(
            "io.sluice.usertoken.UserTokenFunction",
            Map.of(
                "SLUICE_SIGNING_KEY", Neighbours.SIGNING_KEY,
                "SLUICE_AUDIT_QUEUE_URL", Neighbours.QUEUE)),
        () -> GoldenEvents.all("user_access_token.json"),
        List.of("\"statusCode\":200", "\"token\":\"ey", "\"expires_at\":"));
  }

  FunctionScenario router() {
    Map<String, String> own = new HashMap<>(neighbours.modelVariables());
    own.put("SLUICE_AUDIT_QUEUE_URL", Neighbours.QUEUE);
    own.put("SLUICE_DOCS_INDEX", DocumentationLayer.folder().toString());
    own.put("SLUICE_BACKEND_OPENAI", Neighbours.BACKEND);
    return new FunctionScenario(
        "router",
        neighbours.environment("io.sluice.router.RouterFunction", own),
        () -> GoldenEvents.all(REQUESTS),
        STREAMED);
  }

  FunctionScenario backendOpenAi() {
    Map<String, String> own = new HashMap<>(neighbours.modelVariables());
    own.put("SLUICE_SECRET_PREFIX", "sluice/");
    return new FunctionScenario(
        "backend-openai",
        neighbours.environment("io.sluice.backend.openai.OpenAiBackendFunction", own),
        () -> GoldenEvents.all("model_call.json", "model_call_completion.json"),
        List.of("stub ", "reply", "stop"));
  }

  FunctionScenario gateway() {
    Map<String, String> own = new HashMap<>(neighbours.modelVariables());
    own.put("SLUICE_AUDIT_QUEUE_URL", Neighbours.QUEUE);
    own.put("SLUICE_DOCS_INDEX", DocumentationLayer.folder().toString());
    own.put("SLUICE_SECRET_PREFIX", "sluice/");
    return new FunctionScenario(
        "gateway",
        neighbours.environment("io.sluice.gateway.GatewayFunction", own),
        () -> GoldenEvents.all(REQUESTS),
        STREAMED);
  }
}
