package io.sluice.core.model;

import org.jspecify.annotations.Nullable;

/**
 * What a backend reports of a call, in order: any number of {@link Text}, {@link Reasoning}, {@link
 * ToolCall}, {@link Vector} and {@link Usage} events, then exactly one {@link Finish} or {@link
 * Failure}. Immutable.
 */
public sealed interface ModelEvent {

  /** Whether it ends the call. */
  default boolean terminal() {
    return this instanceof Finish || this instanceof Failure;
  }

  /** A piece of the answer; may be empty. */
  record Text(String text) implements ModelEvent {}

  /** A piece of the model's reasoning: a sign of life, never output. */
  record Reasoning(String text) implements ModelEvent {}

  /**
   * A piece of a tool call.
   *
   * @param index which of the answer's calls
   * @param id the call's id, in its first piece
   * @param name the tool's name, in its first piece
   * @param arguments a piece of the arguments' JSON text
   */
  record ToolCall(int index, @Nullable String id, @Nullable String name, String arguments)
      implements ModelEvent {}

  /** An embedding of the text at that index. */
  @SuppressWarnings("ArrayRecordComponent")
  record Vector(int index, double[] values) implements ModelEvent {
    @Override
    public String toString() {
      return "Vector[" + index + ", " + values.length + " values]";
    }
  }

  /** Tokens as the model server counts them. The last report counts. */
  record Usage(long inputTokens, long outputTokens, long cachedTokens) implements ModelEvent {}

  /**
   * The answer is complete.
   *
   * @param reason as the model server says: {@code stop}, {@code length}, ...; an open set
   */
  record Finish(String reason) implements ModelEvent {}

  /**
   * The call failed; text before it is not a whole answer.
   *
   * @param kind what failed
   * @param status the model server's HTTP status, 0 when it gave none
   * @param message for the log, and for who asked for embeddings: at most 300 characters, redacted
   * @param retryAfterSeconds the server's {@code Retry-After}, {@code null} when it gave none
   */
  record Failure(Kind kind, int status, String message, @Nullable Long retryAfterSeconds)
      implements ModelEvent {

    /** What failed. */
    public enum Kind {
      /** The endpoint policy refuses the target. */
      REFUSED,
      /** The model row, secret or request cannot be used as it is; the message says which. */
      CONFIGURATION,
      /** No connection: name, address, TLS, or lost before any answer. */
      CONNECTION,
      /**
       * The server answered with an error status, or with an error event (then status says which).
       */
      STATUS,
      /** Too late: no first event, silence, or too long in total. */
      TIMEOUT,
      /** Not the protocol: another content type, malformed JSON, wrong count of embeddings. */
      PROTOCOL,
      /** The stream ended, or broke, before the answer did. */
      TRUNCATED,
      /** A line or an answer beyond the limits. */
      TOO_LARGE,
      /** Nobody waits for the answer any more. */
      CANCELLED
    }
  }
}
