package io.sluice.configcli;

import io.sluice.config.publish.SnapshotItem;
import io.sluice.config.publish.StateTable;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the snapshots. */
@Command(name = "history", description = "Lists the snapshots that are kept, the newest first")
final class HistoryCommand extends StoreCommand {

  @Option(names = "--json", description = "One JSON object a line")
  private boolean json;

  @Override
  int run(Store store) throws IOException, Failure {
    StateTable state = snapshots(store);
    Optional<SnapshotItem> live = state.live();
    List<SnapshotItem> history = state.history();
    for (SnapshotItem item : history) {
      boolean isLive = live.isPresent() && live.get().number() == item.number();
      boolean pinned = isLive && live.get().pinned();
      out().println(json ? json(item, isLive, pinned) : line(item, isLive, pinned));
    }
    if (history.isEmpty() && !json) {
      out().println("Nothing was ever published");
    }
    return 0;
  }

  private static String line(SnapshotItem item, boolean live, boolean pinned) throws IOException {
    return "%s %6d  %-24s %5d rows  %s"
        .formatted(
            pinned ? "PINNED" : live ? "live  " : "      ",
            item.number(),
            item.publishedAt(),
            item.rows(),
            item.cause());
  }

  private static String json(SnapshotItem item, boolean live, boolean pinned) throws IOException {
    return Json.asciiLine(
        JsonObject.builder()
            .put("snapshot", item.number())
            .put("live", live)
            .put("pinned", pinned)
            .put("published_at", item.publishedAt())
            .put("rows", item.rows())
            .put("sha256", item.sha256())
            .put("changes", item.cause())
            .build());
  }
}
