package io.sluice.gitlab;

import io.sluice.core.http.Headers;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import java.time.Duration;

/** What an administrator presses and runs (client 5), and reads: empty where all is well. */
public final class HealthChecks {

  private static final int OK = 200;
  private static final int MODEL_FAILED = 421;

  private final GitLab gitLab;

  public HealthChecks(GitLab gitLab) {
    this.gitLab = gitLab;
  }

  /** {@code GET /monitoring/healthz} of the rake task. */
  public String healthz() {
    return open("GET", "/monitoring/healthz", Duration.ofSeconds(10), true);
  }

  /** {@code HEAD} of the base URL: any answer will do. */
  public String host() {
    return open("HEAD", "", Duration.ofSeconds(5), false);
  }

  /** The end-to-end probe: a real completion. */
  public String completion() {
    OpenFile file = new OpenFile("test.rb", "Ruby", "def hello_world", "");
    JsonObject.Builder body =
        JsonObject.builder()
            .put("current_file", file.json())
            .put("model_provider", "litellm")
            .put("prompt_version", 2);
    ModelSetting model = gitLab.model();
    if (model != null) {
      body.putAll(model.overlay());
    }
    try {
      Reply reply = gitLab.rails("/v2/code/completions", body.build(), Patience.PROBE);
      if (reply.status() != OK) {
        return "AI Gateway returned code %d: %s".formatted(reply.status(), reply.body());
      }
      return reply.choice().isBlank() ? "Response doesn't contain a completion" : "";
    } catch (WireException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** "Test connection" of a model's form: the slash in the path is percent-encoded. */
  public String testConnection(ModelSetting model) {
    JsonObject body =
        JsonObject.builder()
            .put("inputs", JsonObject.EMPTY)
            .put("stream", false)
            .put("model_metadata", model.metadata())
            .build();
    try {
      Reply reply = gitLab.rails("/v1/prompts/model_configuration%2Fcheck", body, Patience.PROBE);
      return reply.status() == OK ? "" : told(reply);
    } catch (WireException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static String told(Reply reply) {
    JsonObject answer = reply.object();
    if (reply.status() == MODEL_FAILED) {
      return "The self-hosted model server returned code " + answer.text("detail", "");
    }
    JsonArray problems = answer.array("detail");
    JsonValue first = problems == null || problems.size() == 0 ? null : problems.get(0);
    return first instanceof JsonObject problem && problem.text("msg") != null
        ? "AI Gateway returned code %d: %s".formatted(reply.status(), problem.text("msg"))
        : "Unknown error. Make sure your self-hosted model is running";
  }

  private String open(String method, String path, Duration within, boolean mustBeOk) {
    try {
      Headers headers = Headers.of("Accept", "application/json");
      Reply reply =
          gitLab.wire().send(method, path, headers, null, Patience.within(within), _ -> {});
      boolean json = !mustBeOk || reply.json().orElse(null) instanceof JsonObject;
      return mustBeOk && (reply.status() != OK || !json)
          ? "%s %s: %d".formatted(method, path, reply.status())
          : "";
    } catch (WireException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
