/**
 * What answers must look like: each form that GitLab parses, with a checker that repairs safely.
 */
@org.jspecify.annotations.NullMarked
package io.sluice.prompts.output;
