package io.sluice.core.model;

import io.sluice.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of one model: the whole of what a backend is told. Immutable.
 *
 * @param correlationId the request's id, for the backend's log
 * @param target which model
 * @param input what to answer
 * @param sampling how to choose tokens
 * @param stream whether text is wanted as it is made
 * @param promptCache whether the caller allows prompt caching (contract 2.1)
 * @param timeouts how long it may take, counted from the call's arrival at the backend
 */
public record ModelCall(
    String correlationId,
    Target target,
    Input input,
    Sampling sampling,
    boolean stream,
    boolean promptCache,
    Timeouts timeouts) {

  /** What the model gets. */
  public sealed interface Input {}

  /**
   * A conversation.
   *
   * @param schema the JSON schema that the model server holds the answer to; {@code null} where the
   *     answer is free, or the model can't be held to one
   */
  public record Chat(List<Message> messages, @Nullable JsonObject schema) implements Input {
    public Chat {
      messages = List.copyOf(messages);
    }

    /** A conversation whose answer is free. */
    public Chat(List<Message> messages) {
      this(messages, null);
    }
  }

  /** A text to be continued, control tokens and all. */
  public record Completion(String prompt) implements Input {}

  /**
   * Texts to be embedded.
   *
   * @param dimensions the size of a vector, {@code null} for the model's own
   */
  public record Embedding(List<String> texts, @Nullable Integer dimensions) implements Input {
    public Embedding {
      texts = List.copyOf(texts);
    }
  }
}
