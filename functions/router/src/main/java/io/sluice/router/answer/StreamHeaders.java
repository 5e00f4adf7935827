package io.sluice.router.answer;

import io.sluice.core.http.Headers;

/** The headers of streams: nothing on the way may keep or gather them. */
final class StreamHeaders {

  static final Headers TEXT =
      Headers.builder()
          .add("Content-Type", "text/event-stream; charset=utf-8")
          .add("Cache-Control", "no-store")
          .add("X-Accel-Buffering", "no")
          .build();

  static final Headers EVENTS = TEXT.and(Headers.of("X-Streaming-Format", "sse"));

  private StreamHeaders() {}
}
