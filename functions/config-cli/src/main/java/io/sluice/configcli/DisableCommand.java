package io.sluice.configcli;

import io.sluice.config.row.RowKey;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Switches a feature off, whatever else is wrong with its row. */
@Command(
    name = "disable",
    description = "Switches a feature off, whatever else is wrong with its row")
final class DisableCommand extends StoreCommand {

  @Mixin private SwitchOptions target = new SwitchOptions();
  @Mixin private VerdictOptions verdicts = new VerdictOptions();

  @Override
  int run(Store store) throws IOException, Failure {
    RowKey row = target.row();
    store.enable(row, false);
    out().println(row + ": enabled is false now");
    return store instanceof TableStore table
        ? verdicts.awaitSwitch(table, row, false, judge(), parent().clock(), out())
        : 0;
  }
}
