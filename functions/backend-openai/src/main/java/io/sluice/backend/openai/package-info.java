/** Calls OpenAI-compatible model servers. */
@org.jspecify.annotations.NullMarked
package io.sluice.backend.openai;
