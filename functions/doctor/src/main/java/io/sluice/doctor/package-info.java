/** Checks a deployed stack or a local gateway, and says what to mend. */
@org.jspecify.annotations.NullMarked
package io.sluice.doctor;
