package io.sluice.local.http;

import io.sluice.core.http.Body;
import java.time.Duration;

/**
 * What one connection may cost. Immutable.
 *
 * @param requestLineBytes the longest request line; longer is 414
 * @param headBytes the largest head, request line included; larger is 431
 * @param headerLines the most header lines; more is 431
 * @param bodyBytes the largest body; larger is {@link Body.TooLarge}
 * @param earlyBytes how much may arrive before the last request is answered; more ends the
 *     connection after that answer
 * @param drainBytes how much of a refused request is read so that its caller can read the answer
 * @param firstByte how long a new connection may stay silent
 * @param head how long a head may take from its first byte
 * @param body how long a body may take from its head; later is {@link Body.TooSlow}
 * @param idle how long a kept connection may stay silent between requests
 * @param stall how long a caller may take no byte of its answer; it may take up to a quarter more
 *     until this is noticed
 * @param linger how long a refused request's rest is read
 * @param connections the most connections at once; further ones are closed
 */
public record HttpLimits(
    int requestLineBytes,
    int headBytes,
    int headerLines,
    int bodyBytes,
    int earlyBytes,
    int drainBytes,
    Duration firstByte,
    Duration head,
    Duration body,
    Duration idle,
    Duration stall,
    Duration linger,
    int connections) {

  /** The limits of the product. */
  public static HttpLimits standard() {
    return new HttpLimits(
        16 * 1024,
        64 * 1024,
        200,
        Body.MAX_BYTES,
        64 * 1024,
        8 * 1024 * 1024,
        Duration.ofSeconds(20),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        Duration.ofSeconds(30),
        Duration.ofSeconds(2),
        4_096);
  }
}
