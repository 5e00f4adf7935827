/** Router and backends in one function; composition only. */
@org.jspecify.annotations.NullMarked
package io.sluice.gateway;
