/** Checks of a gateway through its URL. */
@org.jspecify.annotations.NullMarked
package io.sluice.doctor.gateway;
