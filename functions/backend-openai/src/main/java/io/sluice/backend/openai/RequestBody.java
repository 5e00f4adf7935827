package io.sluice.backend.openai;

import io.sluice.config.Ability;
import io.sluice.config.ModelRow;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import io.sluice.core.model.ModelCall;
import io.sluice.core.model.Sampling;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The body of a request in the OpenAI protocol (contract 6.1 and 8.1). */
final class RequestBody {

  private static final int MOST_STOPS = 4;
  private static final Set<String> NEEDED = Set.of("model", "messages", "prompt", "input");

  private RequestBody() {}

  /** The body for that call there. */
  static JsonObject of(ModelCall call, Destination destination) {
    JsonObject.Builder body = JsonObject.builder().put("model", destination.model());
    switch (call.input()) {
      case ModelCall.Chat chat -> {
        ChatMessages.put(body, chat.messages(), destination);
        sample(body, call, destination);
        if (chat.schema() != null) {
          body.put("response_format", heldTo(chat.schema()));
        }
      }
      case ModelCall.Completion completion -> {
        body.put("prompt", completion.prompt());
        sample(body, call, destination);
      }
      case ModelCall.Embedding embedding -> {
        body.put("input", embedding.texts()).putPresent("dimensions", embedding.dimensions());
        if (destination.dialect() == Dialect.OPENAI) {
          body.put("encoding_format", "float");
        }
      }
    }
    return without(destination.omit(), body.build());
  }

  private static JsonObject heldTo(JsonObject schema) {
    return JsonObject.builder()
        .put("type", "json_schema")
        .put(
            "json_schema",
            JsonObject.builder()
                .put("name", "answer")
                .put("strict", true)
                .put("schema", schema)
                .build())
        .build();
  }

  /** Whether the answer is asked for as a stream. */
  static boolean streams(ModelCall call, Destination destination) {
    return call.stream()
        && !(call.input() instanceof ModelCall.Embedding)
        && destination.supports(Ability.STREAM)
        && !destination.omit().contains("stream");
  }

  private static void sample(JsonObject.Builder body, ModelCall call, Destination destination) {
    Sampling sampling = call.sampling();
    String model = destination.model();
    if (!ModelNames.rejectsTemperature(model)) {
      body.putPresent("temperature", sampling.temperature());
    }
    body.putPresent("top_p", sampling.topP());
    body.putPresent(
        ModelNames.countsCompletionTokens(model) ? "max_completion_tokens" : "max_tokens",
        maxTokens(sampling, destination.row()));
    List<String> stop = sampling.stop();
    if (!stop.isEmpty() && destination.supports(Ability.STOP)) {
      body.put("stop", stop.subList(0, Math.min(MOST_STOPS, stop.size())));
    }
    if (streams(call, destination)) {
      body.put("stream", true)
          .put("stream_options", JsonObject.builder().put("include_usage", true).build());
    }
  }

  /** What the call wants, at most what the row allows. */
  static @Nullable Integer maxTokens(Sampling sampling, @Nullable ModelRow row) {
    Integer wanted = sampling.maxTokens();
    return wanted == null || row == null
        ? wanted
        : Integer.valueOf(Math.min(wanted, row.maxOutputTokens()));
  }

  private static JsonObject without(Set<String> omit, JsonObject body) {
    if (omit.isEmpty()) {
      return body;
    }
    Map<String, JsonValue> members = new LinkedHashMap<>(body.members());
    boolean tokens = omit.contains("max_tokens");
    members
        .keySet()
        .removeIf(
            name ->
                (omit.contains(name) && !NEEDED.contains(name))
                    || (tokens && name.equals("max_completion_tokens")));
    return new JsonObject(members);
  }
}
