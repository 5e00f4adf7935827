/** Calls of models: attempts, retry, fallback, deadlines (design, decision 9). */
@org.jspecify.annotations.NullMarked
package io.sluice.router.call;
