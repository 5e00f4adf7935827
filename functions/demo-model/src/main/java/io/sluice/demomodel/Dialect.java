package io.sluice.demomodel;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The two ways in which the OpenAI protocol continues text. */
enum Dialect {
  /** {@code /v1/chat/completions}. */
  CHAT("chatcmpl-", "chat.completion", "chat.completion.chunk"),
  /** {@code /v1/completions}. */
  TEXT("cmpl-", "text_completion", "text_completion");

  private final String idPrefix;
  private final String wholeType;
  private final String chunkType;

  Dialect(String idPrefix, String wholeType, String chunkType) {
    this.idPrefix = idPrefix;
    this.wholeType = wholeType;
    this.chunkType = chunkType;
  }

  /** What every part of one answer carries. */
  record Head(String id, long created, String model) {}

  /** A whole answer. */
  JsonObject whole(Head head, String text, String finishReason, JsonObject usage) {
    JsonObject.Builder choice = JsonObject.builder().put("index", 0);
    if (this == CHAT) {
      choice.put(
          "message", JsonObject.builder().put("role", "assistant").put("content", text).build());
    } else {
      choice.put("text", text);
    }
    choice.put("logprobs", null).put("finish_reason", finishReason);
    return document(head, wholeType)
        .put("choices", JsonArray.of(List.of(choice.build())))
        .put("usage", usage)
        .build();
  }

  /** A chunk of a stream: a piece of text, or the end with its reason. */
  JsonObject chunk(Head head, boolean first, String text, @Nullable String finishReason) {
    JsonObject.Builder choice = JsonObject.builder().put("index", 0);
    if (this == CHAT) {
      JsonObject.Builder delta = JsonObject.builder();
      if (first) {
        delta.put("role", "assistant");
      }
      if (first || !text.isEmpty()) {
        delta.put("content", text);
      }
      choice.put("delta", delta.build());
    } else {
      choice.put("text", text);
    }
    choice.put("logprobs", null).put("finish_reason", finishReason);
    return document(head, chunkType).put("choices", JsonArray.of(List.of(choice.build()))).build();
  }

  /** The chunk that tells the usage and nothing else. */
  JsonObject usageChunk(Head head, JsonObject usage) {
    return document(head, chunkType).put("choices", JsonArray.EMPTY).put("usage", usage).build();
  }

  private JsonObject.Builder document(Head head, String type) {
    return JsonObject.builder()
        .put("id", idPrefix + head.id())
        .put("object", type)
        .put("created", head.created())
        .put("model", head.model());
  }
}
