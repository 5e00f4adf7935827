/** The form in which an agent's model writes its steps (contract 5.5), and how it is read. */
@org.jspecify.annotations.NullMarked
package io.sluice.prompts.react;
