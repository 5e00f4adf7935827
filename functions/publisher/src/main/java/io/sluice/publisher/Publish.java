package io.sluice.publisher;

import io.sluice.config.publish.Publication;
import io.sluice.config.publish.Published;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The function: any event publishes the rows, but for those that tell of statuses alone; one that
 * isn't the stream's also renews GitLab's keys. What fails is thrown: Lambda tries again, and since
 * each publication looks at the whole table, trying again is always safe. Thread-safe.
 */
final class Publish implements Function<Map<String, Object>, Map<String, Object>> {

  private final Publication publication;
  private final IssuerKeys keys;

  Publish(Publication publication, IssuerKeys keys) {
    this.publication = publication;
    this.keys = keys;
  }

  @Override
  public Map<String, Object> apply(Map<String, Object> json) {
    TableEvent event = new TableEvent(json);
    Map<String, Object> outcome = new LinkedHashMap<>();
    if (event.statusesOnly()) {
      outcome.put("ignored", "nothing but statuses changed");
      return outcome;
    }
    if (!event.streamed()) {
      outcome.put("issuers_not_renewed", keys.renew());
    }
    try {
      Published published = publication.publish();
      outcome.put("live", published.live());
      outcome.put("latest", published.latest());
      outcome.put("pinned", published.pinned());
      outcome.put("changed", published.changed());
      outcome.put("statuses_written", published.statusesWritten());
      outcome.put(
          "not_live_as_written",
          published.statuses().stream().filter(status -> !status.problems().isEmpty()).count());
      return outcome;
    } catch (IOException e) {
      throw new UncheckedIOException("nothing was published: " + e.getMessage(), e);
    }
  }
}
