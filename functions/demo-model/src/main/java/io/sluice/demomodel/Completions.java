package io.sluice.demomodel;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** Answers completion requests from a loaded model. Thread-safe. */
final class Completions implements AutoCloseable {

  private final LanguageModel model;
  private final GenerationQueue queue;
  private final String modelName;

  Completions(LanguageModel model, GenerationQueue queue, String modelName) {
    this.model = model;
    this.queue = queue;
    this.modelName = modelName;
  }

  /**
   * Refuses what the model can't take.
   *
   * @throws ModelRequestException 400, naming the limit
   */
  void check(CompletionRequest request) throws ModelRequestException {
    if (request.prompt().length() > Limits.PROMPT_CHARACTERS) {
      throw tooLong(request.prompt().length() + " characters");
    }
    int tokens = model.countTokens(request.prompt());
    if (tokens > Limits.PROMPT_TOKENS) {
      throw tooLong(tokens + " tokens");
    }
  }

  /** The whole answer in one document. */
  JsonObject whole(CompletionRequest request)
      throws IOException, ModelRequestException, InterruptedException {
    StringBuilder text = new StringBuilder();
    StopTexts stop = new StopTexts(request.stop());
    int tokens =
        queue.generate(
            request.prompt(),
            request.options(),
            piece -> {
              text.append(stop.add(piece));
              return !stop.found();
            });
    text.append(stop.rest());
    return request
        .dialect()
        .whole(
            head(), text.toString(), finishReason(request, stop, tokens), usage(request, tokens));
  }

  /** The answer as server-sent events, each flushed as it is made. Errors end it with an event. */
  void stream(CompletionRequest request, OutputStream out)
      throws IOException, InterruptedException {
    Dialect dialect = request.dialect();
    Dialect.Head head = head();
    StopTexts stop = new StopTexts(request.stop());
    event(out, Json.text(dialect.chunk(head, true, "", null)));
    try {
      int tokens =
          queue.generate(
              request.prompt(),
              request.options(),
              piece -> {
                String given = stop.add(piece);
                if (!given.isEmpty()) {
                  event(out, Json.text(dialect.chunk(head, false, given, null)));
                }
                return !stop.found();
              });
      String rest = stop.rest();
      if (!rest.isEmpty()) {
        event(out, Json.text(dialect.chunk(head, false, rest, null)));
      }
      String reason = finishReason(request, stop, tokens);
      event(out, Json.text(dialect.chunk(head, false, "", reason)));
      if (request.includeUsage()) {
        event(out, Json.text(dialect.usageChunk(head, usage(request, tokens))));
      }
      event(out, "[DONE]");
    } catch (ModelRequestException e) {
      JsonObject error =
          JsonObject.builder().put("message", e.getMessage()).put("code", e.code()).build();
      event(out, Json.text(JsonObject.builder().put("error", error).build()));
    }
  }

  @Override
  public void close() {
    queue.close();
  }

  private static void event(OutputStream out, String data) throws IOException {
    out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private Dialect.Head head() {
    String id = UUID.randomUUID().toString().replace("-", "");
    return new Dialect.Head(id, Instant.now().getEpochSecond(), modelName);
  }

  /** The binding gives no reason: an answer as long as allowed was cut. */
  private static String finishReason(CompletionRequest request, StopTexts stop, int tokens) {
    return !stop.found() && tokens >= request.options().maxTokens() ? "length" : "stop";
  }

  private JsonObject usage(CompletionRequest request, int tokens) {
    int input = model.countTokens(request.prompt());
    return JsonObject.builder()
        .put("prompt_tokens", input)
        .put("completion_tokens", tokens)
        .put("total_tokens", input + tokens)
        .build();
  }

  private static ModelRequestException tooLong(String size) {
    return new ModelRequestException(
        400,
        "context_length_exceeded",
        "The prompt has %s; the demo model takes at most %d tokens"
            .formatted(size, Limits.PROMPT_TOKENS));
  }
}
