/** What happens to text before a model sees it and after a model wrote it. */
@org.jspecify.annotations.NullMarked
package io.sluice.router.text;
