/** Audit records on their way to SQS. */
@org.jspecify.annotations.NullMarked
package io.sluice.aws.audit;
