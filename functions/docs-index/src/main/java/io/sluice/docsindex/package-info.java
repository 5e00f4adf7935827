/** Builds the index of GitLab's documentation from its Markdown. */
@org.jspecify.annotations.NullMarked
package io.sluice.docsindex;
