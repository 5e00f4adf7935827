/**
 * The function {@code publisher}: rows become snapshots, GitLab's keys become items of the table
 * {@code state}. Event-driven, on Spring Cloud Function; never on the request path.
 */
@org.jspecify.annotations.NullMarked
package io.sluice.publisher;
