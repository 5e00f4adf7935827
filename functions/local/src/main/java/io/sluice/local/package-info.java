/** Authorizer, user-token and gateway in one process behind one HTTP port. */
@org.jspecify.annotations.NullMarked
package io.sluice.local;
