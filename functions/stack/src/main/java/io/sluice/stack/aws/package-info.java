/** AWS's services as functions see them: endpoints that check signatures and permissions. */
@org.jspecify.annotations.NullMarked
package io.sluice.stack.aws;
