/** What was found, and how it is told. */
@org.jspecify.annotations.NullMarked
package io.sluice.doctor.report;
