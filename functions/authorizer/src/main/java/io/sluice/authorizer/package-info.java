/** Request authentication: who is asking. */
@org.jspecify.annotations.NullMarked
package io.sluice.authorizer;
