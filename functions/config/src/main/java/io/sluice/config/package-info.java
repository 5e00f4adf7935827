/** The routing table: rows, snapshots, route resolution (design, "Routing table"). */
@org.jspecify.annotations.NullMarked
package io.sluice.config;
