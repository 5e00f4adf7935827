package io.sluice.bench;

import java.util.Arrays;

/** Order statistics of one series of measurements. Immutable. */
record Percentiles(long p50, long p99, long min, long max, int count) {

  static Percentiles of(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Percentiles(
        sorted[sorted.length / 2],
        sorted[Math.min(sorted.length - 1, (int) Math.ceil(sorted.length * 0.99) - 1)],
        sorted[0],
        sorted[sorted.length - 1],
        sorted.length);
  }

  static String millis(long nanos) {
    return "%.3f ms".formatted(nanos / 1e6);
  }
}
