/** Numbered, immutable pictures of the routing table, their wire form and their freshness. */
@org.jspecify.annotations.NullMarked
package io.sluice.config.snapshot;
