package io.sluice.outbound;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Connections that wait for their next exchange. Age is taken from the wall clock when a connection
 * is wanted: a frozen sandbox runs no timer. Thread-safe.
 */
final class ConnectionPool {

  /** Load balancers of AWS close idle connections after 60 s or more. */
  static final long IDLE_MILLIS = 60_000;

  private static final int MOST_PER_ORIGIN = 64;

  private final LongSupplier wallMillis;
  private final Map<Endpoint.Origin, Deque<Idle>> waiting = new HashMap<>();
  private long swept;

  private record Idle(Connection connection, long since) {}

  ConnectionPool(LongSupplier wallMillis) {
    this.wallMillis = wallMillis;
  }

  /** A usable connection, the last used first; {@code null} where none waits. */
  @Nullable Connection take(Endpoint.Origin origin) {
    for (Idle idle = poll(origin); idle != null; idle = poll(origin)) {
      if (fresh(idle, wallMillis.getAsLong()) && !idle.connection.pending()) {
        return idle.connection;
      }
      idle.connection.abort();
    }
    return null;
  }

  private synchronized @Nullable Idle poll(Endpoint.Origin origin) {
    Deque<Idle> idle = waiting.get(origin);
    return idle == null ? null : idle.pollLast();
  }

  /** Keeps the connection for later. */
  synchronized void give(Connection connection) {
    long now = wallMillis.getAsLong();
    Deque<Idle> idle = waiting.computeIfAbsent(connection.origin(), o -> new ArrayDeque<>());
    idle.addLast(new Idle(connection, now));
    if (idle.size() > MOST_PER_ORIGIN) {
      idle.removeFirst().connection.abort();
    }
    if (Math.abs(now - swept) > IDLE_MILLIS) {
      swept = now;
      sweep(now);
    }
  }

  private void sweep(long now) {
    Iterator<Deque<Idle>> origins = waiting.values().iterator();
    while (origins.hasNext()) {
      Deque<Idle> idle = origins.next();
      while (!idle.isEmpty() && !fresh(idle.getFirst(), now)) {
        idle.removeFirst().connection.abort();
      }
      if (idle.isEmpty()) {
        origins.remove();
      }
    }
  }

  private static boolean fresh(Idle idle, long now) {
    long age = now - idle.since;
    return age >= 0 && age <= IDLE_MILLIS; // a clock set back tells no age
  }

  /** Closes what waits. */
  synchronized void close() {
    waiting.values().forEach(all -> all.forEach(idle -> idle.connection.abort()));
    waiting.clear();
  }
}
