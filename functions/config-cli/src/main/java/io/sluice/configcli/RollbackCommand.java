package io.sluice.configcli;

import io.sluice.config.publish.Pin;
import io.sluice.config.publish.SnapshotItem;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes an older snapshot live, and pins it. */
@Command(name = "rollback", description = "Makes an older snapshot live, and pins it")
final class RollbackCommand extends StoreCommand {

  @Parameters(paramLabel = "N", description = "The number of a snapshot of the history")
  private long number;

  @Mixin private VerdictOptions verdicts = new VerdictOptions();

  @Override
  int run(Store store) throws IOException, Failure {
    SnapshotItem live = new Pin(snapshots(store)).rollback(number);
    out().println(LiveText.of(live));
    out()
        .println(
            "Requests follow within a minute, the rows' statuses when the publisher runs next:"
                + " within 5 minutes");
    verdicts.publish(table(store), judge(), parent().clock(), out());
    return 0;
  }
}
