@org.jspecify.annotations.NullMarked
package io.sluice.router.remote;
