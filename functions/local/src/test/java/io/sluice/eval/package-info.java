/**
 * What a real model makes of our prompts: {@code scripts/eval} sends golden inputs of every feature
 * through the gateway as GitLab would, and reads the answers as GitLab does. Not part of what is
 * served, so it lies beside the tests.
 */
@org.jspecify.annotations.NullMarked
package io.sluice.eval;
