/** Where rows and snapshots come from: a YAML file, DynamoDB tables. */
@org.jspecify.annotations.NullMarked
package io.sluice.config.store;
