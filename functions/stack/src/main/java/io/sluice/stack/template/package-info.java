/**
 * CloudFormation templates, evaluated as a deployment evaluates them: nothing is skipped silently.
 */
@org.jspecify.annotations.NullMarked
package io.sluice.stack.template;
