package io.sluice.router.api;

import io.sluice.config.RequestedModel;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request of {@code /v3/code/completions} or {@code /v4/code/suggestions} (contract 3.6). Only
 * its first component is executed. Immutable.
 *
 * @param generation whether code is generated, not completed
 * @param file the file at the cursor
 * @param stream whether the answer is wanted as it is made
 * @param context the contents of all context components, in their order
 * @param promptId which prompt generates, {@code null} for the default one
 * @param promptVersion the constraint of its version, {@code null} for the default one
 * @param enhancer what Rails adds to a generation's inputs
 * @param model the model that the request names, {@code null} when it names none
 */
public record SuggestionRequest(
    boolean generation,
    CurrentFile file,
    boolean stream,
    List<String> context,
    @Nullable String promptId,
    @Nullable String promptVersion,
    JsonObject enhancer,
    @Nullable RequestedModel model) {

  private static final String CONTEXT = "code_context";
  private static final String GENERATION = "code_editor_generation";
  private static final List<String> TYPES = List.of("code_editor_completion", GENERATION, CONTEXT);
  private static final List<String> PROVIDERS = List.of("vertex-ai", "anthropic", "amazon_q");
  private static final int MAX_PROMPT = 400_000;

  public SuggestionRequest {
    context = List.copyOf(context);
  }

  /** Reads a request. */
  public static SuggestionRequest read(JsonObject body) throws InvalidRequestException {
    Fields fields = Fields.of(body);
    fields.require("prompt_components");
    List<Fields> components = fields.objects("prompt_components", 1, 100);
    List<Editor> editors = new ArrayList<>();
    List<String> context = new ArrayList<>();
    for (Fields component : components) {
      String type = component.requiredWord("type", TYPES);
      metadata(component);
      Fields payload = component.requiredObject("payload");
      if (type.equals(CONTEXT)) {
        payload.requiredText("type", 1024);
        payload.requiredText("name", 1024);
        context.add(payload.requiredText("content", 100_000));
      } else {
        editors.add(Editor.read(payload, type.equals(GENERATION)));
      }
    }
    if (!components.isEmpty() && CONTEXT.equals(components.getFirst().json().text("type"))) {
      fields.disclosed().problem("prompt_components[0]", "must be an editor component");
    }
    RequestedModel model = ModelMetadata.read(fields);
    fields.check();
    Editor first = editors.getFirst();
    return new SuggestionRequest(
        first.generation,
        first.file,
        first.stream,
        context,
        first.promptId,
        first.promptVersion,
        first.enhancer,
        model);
  }

  private static void metadata(Fields component) {
    Fields metadata = component.object("metadata");
    if (metadata != null) {
      metadata.text("source", 255);
      metadata.text("version", 255);
    }
  }

  private record Editor(
      boolean generation,
      CurrentFile file,
      boolean stream,
      @Nullable String promptId,
      @Nullable String promptVersion,
      JsonObject enhancer) {

    static Editor read(Fields payload, boolean generation) {
      CurrentFile file = CurrentFile.read(payload);
      payload.word("model_provider", PROVIDERS);
      payload.text("model_name", Integer.MAX_VALUE);
      payload.text("role_arn", Integer.MAX_VALUE);
      boolean stream = payload.flag("stream");
      if (!generation) {
        payload.whole("choices_count");
        if (payload.json().get("prompt") instanceof JsonArray) {
          GivenMessages.read(payload, "prompt", 0, 100, MAX_PROMPT);
        } else {
          payload.text("prompt", Integer.MAX_VALUE);
        }
        return new Editor(false, file, stream, null, null, JsonObject.EMPTY);
      }
      payload.text("prompt", MAX_PROMPT);
      Fields enhancer = payload.object("prompt_enhancer");
      return new Editor(
          true,
          file,
          stream,
          ModelMetadata.present(payload.text("prompt_id", Integer.MAX_VALUE)),
          ModelMetadata.present(payload.text("prompt_version", Integer.MAX_VALUE)),
          enhancer == null ? JsonObject.EMPTY : enhancer.json());
    }
  }
}
