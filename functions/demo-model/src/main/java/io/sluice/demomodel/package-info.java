/** A tiny real language model behind the OpenAI protocol, for demos and tests. Never deployed. */
@org.jspecify.annotations.NullMarked
package io.sluice.demomodel;
