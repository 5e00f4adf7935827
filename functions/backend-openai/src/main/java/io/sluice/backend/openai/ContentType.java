package io.sluice.backend.openai;

import io.sluice.core.http.Headers;
import io.sluice.core.model.ModelEvent.Failure.Kind;
import java.util.Locale;

/** Tells whether a successful response is of the kind that was asked for. */
final class ContentType {

  private ContentType() {}

  /**
   * Checks the media type.
   *
   * @throws CallFailure if it is another one: such a body is no answer, however it looks
   */
  static void check(Headers headers, boolean stream) throws CallFailure {
    String type = headers.first("content-type", "").toLowerCase(Locale.ROOT);
    int end = type.indexOf(';');
    String media = (end < 0 ? type : type.substring(0, end)).strip();
    boolean json = media.equals("application/json") || media.endsWith("+json");
    if (stream ? !media.equals("text/event-stream") : !json) {
      throw new CallFailure(
          Kind.PROTOCOL,
          (stream ? "The answer is no event stream" : "The answer is no JSON")
              + " but has the content type \""
              + media
              + "\".");
    }
  }
}
