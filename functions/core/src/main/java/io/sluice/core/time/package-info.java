@org.jspecify.annotations.NullMarked
package io.sluice.core.time;
