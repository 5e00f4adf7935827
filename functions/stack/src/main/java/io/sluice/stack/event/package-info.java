/** What invokes functions by itself: table streams, queues and schedules. */
@org.jspecify.annotations.NullMarked
package io.sluice.stack.event;
