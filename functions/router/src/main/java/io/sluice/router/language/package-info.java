/** Programming languages, by file name and by an editor's identifier. */
@org.jspecify.annotations.NullMarked
package io.sluice.router.language;
