package io.sluice.router.answer;

import io.sluice.router.call.CallResult;
import io.sluice.router.error.RefusalException;
import java.io.IOException;

/**
 * How streamed text leaves. {@link #begin} comes with the model's first text, so that a failure
 * before it has a real status; then texts; then {@link #end} or {@link #fail}. For one thread at a
 * time.
 */
public interface AnswerStream {

  /** Sends status and headers, unless they are sent already. */
  void begin() throws IOException;

  /**
   * Gives the response back for that error with a status of its own; nothing can be streamed after
   * that. False when status and headers have been sent, or when the stream itself is where callers
   * look for such an error.
   */
  boolean withdraw(RefusalException refusal);

  /** Sends a piece. */
  void text(String piece) throws IOException;

  /** Ends a whole answer. */
  void end(CallResult result) throws IOException;

  /** Ends an answer that is not whole, so that nobody takes it for whole. */
  void fail(RefusalException failure) throws IOException;
}
