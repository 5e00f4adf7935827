/** API Gateway's REST API as a template describes it: routes, authorizer, streaming integration. */
@org.jspecify.annotations.NullMarked
package io.sluice.stack.api;
