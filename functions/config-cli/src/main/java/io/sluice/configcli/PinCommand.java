package io.sluice.configcli;

import io.sluice.config.publish.Pin;
import io.sluice.config.publish.SnapshotItem;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Keeps what is live: later edits wait. */
@Command(name = "pin", description = "Keeps what is live: later edits wait")
final class PinCommand extends StoreCommand {

  @Mixin private VerdictOptions verdicts = new VerdictOptions();

  @Override
  int run(Store store) throws IOException, Failure {
    SnapshotItem live = new Pin(snapshots(store)).pin();
    out().println(LiveText.of(live));
    out()
        .println(
            "Requests follow within a minute, the rows' statuses when the publisher runs next:"
                + " within 5 minutes");
    verdicts.publish(table(store), judge(), parent().clock(), out());
    return 0;
  }
}
