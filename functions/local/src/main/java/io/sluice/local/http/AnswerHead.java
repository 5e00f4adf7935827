package io.sluice.local.http;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.sluice.core.http.Headers;

/** Writes the headers that every answer of this host has beside the handler's own. */
final class AnswerHead {

  private final HttpDate date;

  AnswerHead(HttpDate date) {
    this.date = date;
  }

  /**
   * The headers of an answer.
   *
   * @throws IllegalArgumentException if a value would break the head
   */
  HttpHeaders of(Headers own, boolean keepAlive) {
    HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
    own.forEach(headers::add);
    headers.set(HttpHeaderNames.DATE, date.now());
    if (!keepAlive) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    return headers;
  }
}
