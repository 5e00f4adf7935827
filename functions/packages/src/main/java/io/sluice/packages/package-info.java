/**
 * What is deployed for the request path: a layer with the Java runtime, and for each function a zip
 * with its jars and their AOT cache.
 */
@NullMarked
package io.sluice.packages;

import org.jspecify.annotations.NullMarked;
