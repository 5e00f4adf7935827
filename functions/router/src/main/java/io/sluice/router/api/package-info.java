/** What clients ask: the request schemas of the Duo API (contract 3 to 7). */
@org.jspecify.annotations.NullMarked
package io.sluice.router.api;
