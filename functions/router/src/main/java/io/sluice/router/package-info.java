/** The Duo API: what is asked, by which prompt, of which model. */
@org.jspecify.annotations.NullMarked
package io.sluice.router;
