package io.sluice.stack.http;

import io.sluice.core.http.Headers;

/**
 * A request as it was sent. Immutable.
 *
 * @param target path and query, undecoded
 * @param client the peer's address
 */
@SuppressWarnings("ArrayRecordComponent")
public record HttpMessage(
    String method, String target, Headers headers, byte[] body, String client) {

  /** The path, undecoded. */
  public String path() {
    int question = target.indexOf('?');
    return question < 0 ? target : target.substring(0, question);
  }

  /** The query, undecoded; empty where there is none. */
  public String query() {
    int question = target.indexOf('?');
    return question < 0 ? "" : target.substring(question + 1);
  }
}
