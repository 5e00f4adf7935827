package io.sluice.router.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.core.http.ResponseStream;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.router.call.CallResult;
import io.sluice.router.error.RefusalException;
import java.io.IOException;

/**
 * A JSON object a line (contract 4.2, v2): the last one alone has {@code usage}, so an answer that
 * broke off is known by its absence, too.
 */
public final class PromptLineStream implements AnswerStream {

  private final ResponseStream response;
  private boolean begun;

  public PromptLineStream(ResponseStream response) {
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
    line(JsonObject.builder().put("content", piece).build());
  }

  @Override
  public void end(CallResult result) throws IOException {
    line(
        JsonObject.builder()
            .put("content", "")
            .put("usage", PromptUsage.of(result.candidate().wireModel(), result.usage()))
            .build());
    response.end();
  }

  @Override
  public void fail(RefusalException failure) {
    response.abort();
  }

  private void line(JsonObject object) throws IOException {
    response.write((Json.text(object) + "\n").getBytes(UTF_8));
  }
}
