/** Judges policies of resources as far as the doctor knows them, and says what it doesn't know. */
@org.jspecify.annotations.NullMarked
package io.sluice.doctor.policy;
