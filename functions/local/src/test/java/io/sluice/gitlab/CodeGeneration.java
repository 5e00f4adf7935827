package io.sluice.gitlab;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import java.util.List;

/** Code generation: the same payload to v3 and v4, sent by Workhorse (client 3.2). */
public final class CodeGeneration {

  private final GitLab gitLab;

  public CodeGeneration(GitLab gitLab) {
    this.gitLab = gitLab;
  }

  /**
   * For a client that reads server-sent events.
   *
   * @throws DuoException if the answer is refused or no such stream
   */
  public String events(OpenFile file, String instruction) throws DuoException, WireException {
    Reply reply = send("/v4/code/suggestions", file, instruction, true);
    if (!reply.header("X-Streaming-Format").equals("sse")) {
      throw new DuoException("no events", reply.status(), "X-Streaming-Format is not sse");
    }
    return SuggestionEvents.text(reply);
  }

  /** For an older client, which takes the text as it comes. */
  public String raw(OpenFile file, String instruction) throws DuoException, WireException {
    return send("/v3/code/completions", file, instruction, true).body();
  }

  /** For a client that waits for all of it. */
  public String whole(OpenFile file, String instruction) throws DuoException, WireException {
    return send("/v4/code/suggestions", file, instruction, false).choice();
  }

  private Reply send(String path, OpenFile file, String instruction, boolean stream)
      throws DuoException, WireException {
    Reply reply = gitLab.workhorse(path, body(file, instruction, stream));
    if (!reply.success()) {
      throw new DuoException("refused", reply.status(), reply.body());
    }
    return reply;
  }

  private JsonObject body(OpenFile file, String instruction, boolean stream) {
    JsonObject enhancer =
        JsonObject.builder()
            .put("examples_array", JsonArray.EMPTY)
            .put("trimmed_content_above_cursor", file.above())
            .put("trimmed_content_below_cursor", file.below())
            .put("related_files", JsonArray.EMPTY)
            .put("related_snippets", JsonArray.EMPTY)
            .put("libraries", JsonArray.EMPTY)
            .put("user_instruction", instruction)
            .build();
    JsonObject payload =
        JsonObject.builder()
            .putAll(file.json())
            .put("language_identifier", file.language())
            .put("stream", stream)
            .put("prompt_enhancer", enhancer)
            .put("prompt_id", "code_suggestions/generations")
            .put("prompt_version", "^1.0.0")
            .build();
    JsonObject component =
        JsonObject.builder().put("type", "code_editor_generation").put("payload", payload).build();
    ModelSetting model = gitLab.model();
    return JsonObject.builder()
        .putAll(CodeCompletion.ideBody(file, stream))
        .put("intent", "generation")
        .put("prompt_components", List.of(component))
        .putPresent("model_metadata", model == null ? null : model.metadata())
        .build();
  }
}
