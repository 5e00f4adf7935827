/** Benchmarks, and the stage of programs that call a whole gateway. Never deployed. */
@org.jspecify.annotations.NullMarked
package io.sluice.bench;
