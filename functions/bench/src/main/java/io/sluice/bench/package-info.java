/** Benchmarks: cold start of the packaged functions, the warm path. Never deployed. */
@org.jspecify.annotations.NullMarked
package io.sluice.bench;
