/** Checks of GitLab's keys, and of a token that it made. */
@org.jspecify.annotations.NullMarked
package io.sluice.doctor.gitlab;
