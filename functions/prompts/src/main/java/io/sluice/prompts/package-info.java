/** Prompts: files of our own words, found by id, family and version, rendered for one request. */
@org.jspecify.annotations.NullMarked
package io.sluice.prompts;
