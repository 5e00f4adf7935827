/** The stack of the translated templates, run on this machine. Never deployed. */
@org.jspecify.annotations.NullMarked
package io.sluice.stack;
