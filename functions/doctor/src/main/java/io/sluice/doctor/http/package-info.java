/** Requests as GitLab sends them, with the time of every piece of the answer. */
@org.jspecify.annotations.NullMarked
package io.sluice.doctor.http;
