/** Runs a RequestStreamHandler on the Lambda Runtime API with true response streaming. */
@org.jspecify.annotations.NullMarked
package io.sluice.lambda;
