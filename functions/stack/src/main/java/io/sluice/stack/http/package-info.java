/** A small HTTP/1.1 server that changes nothing of what it carries. */
@org.jspecify.annotations.NullMarked
package io.sluice.stack.http;
