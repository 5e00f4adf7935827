/** Mints user access tokens for IDEs. */
@org.jspecify.annotations.NullMarked
package io.sluice.usertoken;
