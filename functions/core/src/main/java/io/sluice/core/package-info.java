/** The domain, in plain Java: no AWS SDK, no framework, no HTTP server, no I/O. */
@org.jspecify.annotations.NullMarked
package io.sluice.core;
