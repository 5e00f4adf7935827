package io.sluice.configcli;

import io.sluice.config.FeatureRow;
import io.sluice.config.judge.Judge;
import io.sluice.config.judge.Shown;
import io.sluice.config.publish.Publication;
import io.sluice.config.publish.Published;
import io.sluice.config.publish.RowVerdict;
import io.sluice.config.row.RowDocument;
import io.sluice.config.row.RowKey;
import io.sluice.config.snapshot.RowDigest;
import io.sluice.config.snapshot.Snapshot;
import io.sluice.config.store.RowItem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** Whether to wait for the publisher, or to be it. Filled in by picocli. */
final class VerdictOptions {

  private static final Duration PAUSE = Duration.ofMillis(500);

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      defaultValue = "30s",
      converter = Time.class,
      description = "How long to wait for the publisher's verdict, 0s for not at all. Default: 30s")
  private Duration wait = Duration.ofSeconds(30);

  @Option(
      names = "--publish",
      description = "Publish from here, where no publisher runs: a DynamoDB Local")
  private boolean publish;

  /** A time such as {@code 30s} or {@code 2m}. */
  static final class Time implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,5})(s|m)");

    @Override
    public Duration convert(String text) {
      Matcher parts = FORM.matcher(text);
      if (!parts.matches()) {
        throw new picocli.CommandLine.TypeConversionException("must be a time such as 30s or 2m");
      }
      long count = Long.parseLong(parts.group(1));
      return parts.group(2).equals("s") ? Duration.ofSeconds(count) : Duration.ofMinutes(count);
    }
  }

  /** Publishes where that was asked for. */
  void publish(TableStore table, Judge judge, Clock clock, PrintWriter out) throws IOException {
    if (publish) {
      Published published =
          new Publication(
                  table.table(),
                  table.state().orElseThrow(),
                  judge,
                  (level, logger, message, fields) -> {},
                  clock)
              .publish();
      out.println(
          published.pinned()
              ? "published: snapshot "
                  + published.latest()
                  + " waits behind the pinned "
                  + published.live()
              : "published: snapshot " + published.live() + " is live");
    }
  }

  /** Waits until each row carries a verdict on the version that was written, and prints them. */
  int await(TableStore table, List<RowDocument> written, Judge judge, Clock clock, PrintWriter out)
      throws IOException {
    publish(table, judge, clock, out);
    Map<RowKey, String> awaited = new TreeMap<>();
    written.forEach(row -> awaited.put(row.key(), RowDigest.of(row)));
    if (awaited.isEmpty() || wait.isZero()) {
      return 0;
    }
    boolean good = true;
    long end = System.nanoTime() + wait.toNanos();
    while (true) {
      for (RowItem row : table.items()) {
        RowKey key = row.document().key();
        RowVerdict verdict = RowVerdict.carried(row);
        if (verdict.version().equals(awaited.get(key))) {
          awaited.remove(key);
          good &= verdict.good();
          out.println(Shown.row(key) + ": " + verdict.text());
        }
      }
      if (awaited.isEmpty()) {
        return good ? 0 : Failure.FINDINGS;
      }
      if (System.nanoTime() > end) {
        out.println(
            "No verdict within "
                + wait.toSeconds()
                + " s on: "
                + String.join(", ", awaited.keySet().stream().map(Shown::row).toList())
                + ". The rows are written, but may not be live: no publisher runs, it is slow, or"
                + " somebody edited them again. Look at the log and the failure queue of the"
                + " stack's publisher; for a DynamoDB Local add --publish");
        return Failure.FINDINGS;
      }
      pause();
    }
  }

  /** Waits until a switch is live, and says so. */
  int awaitSwitch(
      TableStore table, RowKey row, boolean enabled, Judge judge, Clock clock, PrintWriter out)
      throws IOException {
    publish(table, judge, clock, out);
    if (wait.isZero()) {
      return 0;
    }
    long end = System.nanoTime() + wait.toNanos();
    while (true) {
      Snapshot live = table.live();
      if (enabled(live, row) == enabled) {
        out.println(
            "Snapshot " + live.number() + " has it; requests follow within a minute at the latest");
        return 0;
      }
      if (System.nanoTime() > end) {
        out.println(
            "It is not live after "
                + wait.toSeconds()
                + " s. scripts/config status says why where the publisher has judged it; otherwise"
                + " no publisher runs, or it is slow: look at the log and the failure queue of the"
                + " stack's publisher; for a DynamoDB Local add --publish");
        return Failure.FINDINGS;
      }
      pause();
    }
  }

  private static boolean enabled(Snapshot snapshot, RowKey row) {
    if (row.kind().equals(RowKey.SETTINGS)) {
      return snapshot.rows().settings().enabled();
    }
    FeatureRow feature = snapshot.rows().features().get(row.name());
    return feature == null || feature.enabled();
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the publisher");
    }
  }
}
