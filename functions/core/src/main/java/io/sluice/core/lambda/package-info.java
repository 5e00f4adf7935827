/** The edge of Lambda: API Gateway's events as requests, answers as streamed bytes. */
@org.jspecify.annotations.NullMarked
package io.sluice.core.lambda;
