package io.sluice.gitlab;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonNull;
import io.sluice.core.json.JsonObject;
import java.util.List;

/** Code completion: the IDE's body, what Rails lays over it, sent by Workhorse (client 3.1). */
public final class CodeCompletion {

  private final GitLab gitLab;

  public CodeCompletion(GitLab gitLab) {
    this.gitLab = gitLab;
  }

  /** The answer as Workhorse passes it to the IDE. */
  public Reply complete(OpenFile file) throws WireException {
    return gitLab.workhorse("/v2/code/completions", overlaid(ideBody(file, false)));
  }

  /** The answer to an IDE that wants it as a stream of raw text. */
  public Reply stream(OpenFile file) throws WireException {
    return gitLab.workhorse("/v2/code/completions", overlaid(ideBody(file, true)));
  }

  /** What the language server asks for. */
  static JsonObject ideBody(OpenFile file, boolean stream) {
    return JsonObject.builder()
        .put("prompt_version", 1)
        .put("project_path", "acme/shop")
        .put("project_id", -1)
        .put("current_file", file.json())
        .put("choices_count", 1)
        .put("intent", "completion")
        .put("context", JsonArray.of(List.of()))
        .put("telemetry", JsonArray.of(List.of()))
        .put("stream", stream)
        .build();
  }

  private JsonObject overlaid(JsonObject ideBody) {
    JsonObject.Builder body =
        JsonObject.builder()
            .putAll(ideBody)
            .put("model_provider", "litellm")
            .put("prompt_version", 2)
            .put("prompt", JsonNull.NULL);
    ModelSetting model = gitLab.model();
    return model == null ? body.build() : body.putAll(model.overlay()).build();
  }
}
