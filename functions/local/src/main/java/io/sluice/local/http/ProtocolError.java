package io.sluice.local.http;

/**
 * Why bytes are not a request that is served; the connection ends after the answer.
 *
 * @param status the answer's status
 * @param detail for the caller and the log: a fixed text, nothing of what was sent
 */
record ProtocolError(int status, String detail) {}
