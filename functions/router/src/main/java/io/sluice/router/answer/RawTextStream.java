package io.sluice.router.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.core.http.ResponseStream;
import io.sluice.router.call.CallResult;
import io.sluice.router.error.RefusalException;
import java.io.IOException;

/** Text pieces without any frame (contract 3.5): a failure can only break the body off. */
public final class RawTextStream implements AnswerStream {

  private final ResponseStream response;
  private boolean begun;

  public RawTextStream(ResponseStream response) {
    this.response = response;
  }

  @Override
  public void begin() throws IOException {
    if (!begun) {
      begun = true;
      response.begin(200, StreamHeaders.TEXT);
    }
  }

  @Override
  public boolean withdraw(RefusalException refusal) {
    return !begun;
  }

  @Override
  public void text(String piece) throws IOException {
    response.write(piece.getBytes(UTF_8));
  }

  @Override
  public void end(CallResult result) throws IOException {
    response.end();
  }

  @Override
  public void fail(RefusalException failure) {
    response.abort();
  }
}
