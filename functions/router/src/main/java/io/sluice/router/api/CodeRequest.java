package io.sluice.router.api;

import io.sluice.config.RequestedModel;
import io.sluice.core.json.JsonNumber;
import io.sluice.core.json.JsonObject;
import io.sluice.core.model.Message;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request of {@code /v2/code/completions} or {@code /v2/code/generations} (contract 3.1, 3.2).
 * Immutable.
 *
 * @param prompt the prompt that the client wrote, in version 2
 * @param messages the messages that the client wrote, in version 3
 * @param file the file at the cursor
 * @param model the model that the request names, {@code null} when it names none
 * @param stream whether the answer is wanted as it is made
 * @param context further pieces of code, in their order
 * @param promptId which prompt generates, {@code null} for the client's own
 */
public record CodeRequest(
    @Nullable String prompt,
    List<Message> messages,
    CurrentFile file,
    @Nullable RequestedModel model,
    boolean stream,
    List<String> context,
    @Nullable String promptId) {

  private static final Set<String> PROVIDERS =
      new java.util.TreeSet<>(
          List.of(
              "amazon_q",
              "anthropic",
              "codestral",
              "fireworks_ai",
              "gitlab",
              "litellm",
              "vertex-ai"));
  private static final int MAX_PROMPT = 400_000;
  private static final int MAX_CONTEXT_ITEMS = 100;
  private static final int MAX_CONTEXT = 500_000;
  private static final int MAX_MODEL_NAME = 50;

  public CodeRequest {
    messages = List.copyOf(messages);
    context = List.copyOf(context);
  }

  /** Reads a completion. */
  public static CodeRequest completion(JsonObject body) throws InvalidRequestException {
    return read(body, false);
  }

  /** Reads a generation. */
  public static CodeRequest generation(JsonObject body) throws InvalidRequestException {
    return read(body, true);
  }

  private static CodeRequest read(JsonObject body, boolean generation)
      throws InvalidRequestException {
    Fields fields = Fields.of(body);
    int version = version(fields);
    if (generation && version > 1) {
      fields.require("prompt");
    }
    String prompt = version == 2 ? fields.text("prompt", Integer.MAX_VALUE) : null;
    List<Message> messages =
        version == 3 ? GivenMessages.read(fields, "prompt", 0, 100, MAX_PROMPT) : List.of();
    CurrentFile file = CurrentFile.read(fields.requiredObject("current_file"));
    List<String> context = context(fields);
    ignored(fields);
    String promptId = ModelMetadata.present(fields.text("prompt_id", Integer.MAX_VALUE));
    RequestedModel model = model(fields, generation);
    boolean stream = fields.flag("stream");
    fields.check();
    return new CodeRequest(prompt, messages, file, model, stream, context, promptId);
  }

  private static int version(Fields fields) {
    if (fields.json().get("prompt_version") instanceof JsonNumber number && number.isLong()) {
      long version = number.longValue();
      if (version >= 1 && version <= 3) {
        return (int) version;
      }
    }
    fields.problem("prompt_version", "must be 1, 2 or 3");
    return 0;
  }

  private static List<String> context(Fields fields) {
    return fields.objects("context", 0, MAX_CONTEXT_ITEMS).stream()
        .map(
            item -> {
              item.requiredText("type", 1024);
              item.requiredText("name", 1024);
              return item.requiredText("content", MAX_CONTEXT);
            })
        .toList();
  }

  /** Members that have a schema but no effect. */
  private static void ignored(Fields fields) {
    fields.trimmed("project_path", 255);
    fields.whole("project_id");
    fields.whole("choices_count");
    fields.text("role_arn", Integer.MAX_VALUE);
    for (Fields item : fields.objects("telemetry", 0, 10)) {
      item.text("model_engine", 50);
      item.text("model_name", 50);
      item.text("lang", 50);
      item.requireWhole("requests");
      item.requireWhole("accepts");
      item.requireWhole("errors");
    }
  }

  private static @Nullable RequestedModel model(Fields fields, boolean generation) {
    String provider = fields.word("model_provider", PROVIDERS);
    String name = fields.trimmed("model_name", MAX_MODEL_NAME);
    if (provider != null && fields.isNull("model_name")) {
      fields.disclosed().problem("model_name", "must name a model family");
    }
    RequestedModel flat =
        ModelMetadata.requested(
            provider,
            name,
            ModelMetadata.endpoint(fields, "model_endpoint"),
            fields.text("model_api_key", ModelMetadata.MAX_KEY),
            fields.text("model_identifier", ModelMetadata.MAX_IDENTIFIER));
    if (generation && (provider == null || name == null)) {
      RequestedModel metadata = ModelMetadata.read(fields);
      return metadata == null ? flat : metadata;
    }
    return flat;
  }
}
