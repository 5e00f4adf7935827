package io.sluice.doctor.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A piece of a body as it came in.
 *
 * @param after since the request was sent
 * @param bytes not to be changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record Arrival(Duration after, byte[] bytes) {

  /** The piece as text; a character may be cut at its ends. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
