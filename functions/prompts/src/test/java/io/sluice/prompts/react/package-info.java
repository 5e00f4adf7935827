@org.jspecify.annotations.NullMarked
package io.sluice.prompts.react;
