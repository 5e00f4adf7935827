/** IAM as far as a stack's own roles and permissions need it. */
@org.jspecify.annotations.NullMarked
package io.sluice.stack.iam;
