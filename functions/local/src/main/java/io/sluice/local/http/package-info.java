/**
 * The HTTP/1.1 host: strict at the wire, blocking handlers on virtual threads. Nothing here knows
 * what the requests are about.
 */
@org.jspecify.annotations.NullMarked
package io.sluice.local.http;
