/**
 * Judging rows: which of them go live, and what is wrong with the others. Not on the request path.
 */
@org.jspecify.annotations.NullMarked
package io.sluice.config.judge;
