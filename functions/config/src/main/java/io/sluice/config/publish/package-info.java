/**
 * Publishing: rows of the table {@code routes} become numbered snapshots in the table {@code state}
 * (design, "Publishing" and "Snapshots"). For writers only; the request path never loads it.
 */
@org.jspecify.annotations.NullMarked
package io.sluice.config.publish;
