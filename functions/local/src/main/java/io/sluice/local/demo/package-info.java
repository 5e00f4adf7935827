/** The demo: a GitLab that only this process knows, a real tiny model, and one request. */
@org.jspecify.annotations.NullMarked
package io.sluice.local.demo;
