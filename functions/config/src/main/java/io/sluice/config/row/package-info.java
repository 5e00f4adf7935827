/** Rows as documents: what stores hold, before and after their mapping to types. */
@org.jspecify.annotations.NullMarked
package io.sluice.config.row;
