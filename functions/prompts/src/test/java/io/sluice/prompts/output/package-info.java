/** Tests what answers must look like. */
@org.jspecify.annotations.NullMarked
package io.sluice.prompts.output;
