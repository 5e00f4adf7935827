/** Backends that are functions of their own: invoked, and their events read as they come. */
@org.jspecify.annotations.NullMarked
package io.sluice.router.remote;
