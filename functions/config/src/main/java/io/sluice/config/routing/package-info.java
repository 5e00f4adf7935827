/** Route resolution: a pure function of snapshot, feature, caller and requested model. */
@org.jspecify.annotations.NullMarked
package io.sluice.config.routing;
