/** Where a GitLab's keys are found: OIDC discovery, for the authorizer and for the publisher. */
@org.jspecify.annotations.NullMarked
package io.sluice.outbound.oidc;
