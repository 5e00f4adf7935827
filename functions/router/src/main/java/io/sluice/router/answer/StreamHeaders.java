package io.sluice.router.answer;

import io.sluice.core.http.Headers;

/** The headers of streams: nothing on the way may keep or gather them. */
final class StreamHeaders {

  static final Headers TEXT = of("text/event-stream; charset=utf-8");

  static final Headers EVENTS = TEXT.and(Headers.of("X-Streaming-Format", "sse"));

  private StreamHeaders() {}

  static Headers of(String contentType) {
    return Headers.builder()
        .add("Content-Type", contentType)
        .add("Cache-Control", "no-store")
        .add("X-Accel-Buffering", "no")
        .build();
  }
}
