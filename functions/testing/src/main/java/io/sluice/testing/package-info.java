/**
 * Doubles at wire level for tests and benchmarks: a GitLab, a model server, a Runtime API. Never
 * deployed.
 */
@org.jspecify.annotations.NullMarked
package io.sluice.testing;
