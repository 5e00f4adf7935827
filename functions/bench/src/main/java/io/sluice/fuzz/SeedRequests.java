package io.sluice.fuzz;

import io.sluice.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** A valid request of every route, to start mutating from (contract 1.1). */
final class SeedRequests {

  /** One valid request; {@code body} is empty for routes without one. */
  record Seed(String method, String path, JsonObject body) {}

  private SeedRequests() {}

  static List<Seed> all(String modelEndpoint) {
    Map<String, Object> metadata =
        Map.of(
            "provider", "openai",
            "name", "mistral",
            "endpoint", modelEndpoint,
            "api_key", "sk-fuzz-key",
            "identifier", "custom_openai/bench");
    Map<String, Object> file =
        Map.of(
            "file_name", "main.py",
            "content_above_cursor", "def add(a, b):\n    ",
            "content_below_cursor", "\n",
            "language_identifier", "python");
    Map<String, Object> v2 =
        Map.of(
            "prompt_version",
            2,
            "prompt",
            "",
            "model_provider",
            "litellm",
            "model_name",
            "codestral",
            "model_endpoint",
            modelEndpoint,
            "model_identifier",
            "custom_openai/bench",
            "current_file",
            file,
            "telemetry",
            List.of(Map.of("requests", 1, "accepts", 0, "errors", 0)),
            "context",
            List.of(Map.of("type", "file", "name", "a.py", "content", "x = 1")));
    return List.of(
        post("/v2/code/completions", v2),
        post("/v2/completions", v2),
        post("/v2/code/generations", v2),
        post("/v3/code/completions", suggestion("code_editor_completion", file, metadata)),
        post("/v4/code/suggestions", suggestion("code_editor_generation", generation(), metadata)),
        post("/v1/prompts/model_configuration%2Fcheck", prompt(Map.of(), metadata)),
        post("/v1/prompts/generate_commit_message", prompt(Map.of("diff", "+b"), metadata)),
        post("/v2/prompts/generate_commit_message", prompt(Map.of("diff", "+b"), metadata)),
        post(
            "/v2/chat/agent",
            Map.of(
                "messages",
                List.of(Map.of("role", "user", "content", "Hi")),
                "model_metadata",
                metadata)),
        post(
            "/v1/chat/agent",
            Map.of(
                "prompt_components",
                List.of(
                    Map.of(
                        "type", "prompt",
                        "metadata", Map.of("source", "GitLab EE", "version", "18.9.0"),
                        "payload", Map.of("content", "Hi", "provider", "litellm"))))),
        post(
            "/v1/search/gitlab-docs",
            Map.of(
                "type", "search-docs",
                "metadata", Map.of("source", "GitLab EE", "version", "18.9.0"),
                "payload", Map.of("query", "How do I fork?"))),
        post(
            "/v1/embeddings/code_embeddings/index",
            Map.of(
                "contents",
                List.of("a", "b"),
                "model_metadata",
                Map.of(
                    "provider", "litellm",
                    "name", "embedding",
                    "identifier", "openai/bench",
                    "endpoint", modelEndpoint))),
        post("/v1/code/user_access_token", Map.of()),
        new Seed("GET", "/monitoring/healthz", JsonObject.EMPTY),
        new Seed("GET", "/monitoring/ready", JsonObject.EMPTY),
        new Seed("GET", "/v1/models%2Fdefinitions", JsonObject.EMPTY),
        new Seed("HEAD", "/", JsonObject.EMPTY));
  }

  private static Seed post(String path, Map<String, ?> body) {
    return new Seed("POST", path, JsonObject.of(body));
  }

  private static Map<String, Object> suggestion(
      String type, Map<String, Object> payload, Map<String, Object> metadata) {
    return Map.of(
        "prompt_components",
        List.of(Map.of("type", type, "payload", payload)),
        "model_metadata",
        metadata);
  }

  private static Map<String, Object> generation() {
    return Map.of(
        "file_name", "main.py",
        "content_above_cursor", "# add\n",
        "content_below_cursor", "\n",
        "language_identifier", "Python",
        "stream", true,
        "prompt_id", "code_suggestions/generations",
        "prompt_version", "^1.0.0",
        "prompt_enhancer", Map.of("user_instruction", "add", "libraries", List.of("numpy")));
  }

  private static Map<String, Object> prompt(
      Map<String, Object> inputs, Map<String, Object> metadata) {
    return Map.of("inputs", inputs, "prompt_version", "^1.0.0", "model_metadata", metadata);
  }
}
