/** The routes of the Duo API, one class each (contract 1.1). */
@org.jspecify.annotations.NullMarked
package io.sluice.router.route;
