package io.sluice.core.http;

/**
 * A request, whichever host received it. Immutable.
 *
 * @param method upper case
 * @param rawPath the path as it was sent, percent-encoded, without the query; starts with a slash
 * @param rawQuery the query as it was sent, without the question mark; empty when there is none
 * @param headers all header lines; trailers are not among them
 * @param body the body
 * @param client who is connected
 * @param httpVersion such as {@code 1.1}
 * @param arrivedNanos {@link System#nanoTime()} when the head had arrived
 */
public record HttpRequest(
    String method,
    String rawPath,
    String rawQuery,
    Headers headers,
    Body body,
    Client client,
    String httpVersion,
    long arrivedNanos) {

  /** The peer's address and port; port 0 when unknown. */
  public record Client(String address, int port) {}
}
