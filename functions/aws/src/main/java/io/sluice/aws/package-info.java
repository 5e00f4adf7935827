/**
 * The few AWS calls that the request path makes, over the outbound client: signed, retried within a
 * deadline, with errors that name the permission or endpoint to change (ADR 011).
 */
@org.jspecify.annotations.NullMarked
package io.sluice.aws;
