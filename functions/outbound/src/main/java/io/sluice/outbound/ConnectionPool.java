package io.sluice.outbound;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Connections that wait for their next exchange. Age is taken from the wall clock when a connection
 * is wanted: a frozen sandbox runs no timer.
 *
 * <p>An origin that was once found to send more than its answers is distrusted: for {@value
 * #DISTRUST_MILLIS} ms none of its connections is kept. The limit: bytes that arrive after the next
 * request is written can't be told from its answer (HTTP/1.1 numbers none), so an origin that was
 * never caught before, and whose bytes come just then, can answer one request with what it made up
 * for another. It is one origin that answers both, and a server is trusted with what it is asked.
 *
 * <p>Thread-safe.
 */
final class ConnectionPool {

  /** Load balancers of AWS close idle connections after 60 s or more. */
  static final long IDLE_MILLIS = 60_000;

  /** How long an origin is distrusted. */
  static final long DISTRUST_MILLIS = 600_000;

  private static final int MOST_PER_ORIGIN = 64;
  private static final int MOST_DISTRUSTED = 1_024;

  private final LongSupplier wallMillis;
  private final Map<Endpoint.Origin, Deque<Idle>> waiting = new HashMap<>();

  /** Origins and since when they are distrusted, the longest first. */
  private final LinkedHashMap<Endpoint.Origin, Long> distrusted = new LinkedHashMap<>();

  private long swept;

  private record Idle(Connection connection, long since) {}

  ConnectionPool(LongSupplier wallMillis) {
    this.wallMillis = wallMillis;
  }

  /** A usable connection, the last used first; {@code null} where none waits. */
  @Nullable Connection take(Endpoint.Origin origin) {
    for (Idle idle = poll(origin); idle != null; idle = poll(origin)) {
      if (!fresh(idle, wallMillis.getAsLong())) {
        idle.connection.abort();
      } else if (idle.connection.pending()) {
        refuse(idle.connection);
      } else {
        return idle.connection;
      }
    }
    return null;
  }

  private synchronized @Nullable Idle poll(Endpoint.Origin origin) {
    Deque<Idle> idle = waiting.get(origin);
    return idle == null ? null : idle.pollLast();
  }

  /**
   * Closes a connection on which bytes are waiting, and if they are unasked, its origin's others.
   */
  void refuse(Connection connection) {
    boolean unasked = connection.unasked();
    connection.abort();
    Deque<Idle> others = unasked ? distrust(connection.origin()) : null;
    if (others != null) {
      others.forEach(idle -> idle.connection.abort());
    }
  }

  private synchronized @Nullable Deque<Idle> distrust(Endpoint.Origin origin) {
    distrusted.remove(origin); // so that it goes to the end
    distrusted.put(origin, wallMillis.getAsLong());
    if (distrusted.size() > MOST_DISTRUSTED) {
      distrusted.pollFirstEntry();
    }
    return waiting.remove(origin);
  }

  private boolean trusted(Endpoint.Origin origin, long now) {
    Long since = distrusted.get(origin);
    if (since == null) {
      return true;
    }
    if (Math.abs(now - since) <= DISTRUST_MILLIS) {
      return false;
    }
    distrusted.remove(origin);
    return true;
  }

  /** Keeps the connection for later, or closes it if its origin is distrusted. */
  synchronized void give(Connection connection) {
    long now = wallMillis.getAsLong();
    if (!trusted(connection.origin(), now)) {
      connection.abort();
      return;
    }
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
