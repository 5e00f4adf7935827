/** What a request is told when it is not answered: {@code docs/errors.md} in code. */
@org.jspecify.annotations.NullMarked
package io.sluice.router.error;
