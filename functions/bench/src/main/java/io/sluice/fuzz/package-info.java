/** Mutated requests against a running gateway: what no input may ever cause. Never deployed. */
@org.jspecify.annotations.NullMarked
package io.sluice.fuzz;
