/** Lambda as far as a stack needs it: packaged functions in sandboxes of their own. */
@org.jspecify.annotations.NullMarked
package io.sluice.stack.function;
