/** Checks of a deployed stack through the interfaces of AWS; nothing is changed. */
@org.jspecify.annotations.NullMarked
package io.sluice.doctor.stack;
