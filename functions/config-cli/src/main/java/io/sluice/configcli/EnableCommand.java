package io.sluice.configcli;

import io.sluice.config.row.RowKey;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Switches a feature on again. */
@Command(name = "enable", description = "Switches a feature on again")
final class EnableCommand extends StoreCommand {

  @Mixin private SwitchOptions target = new SwitchOptions();
  @Mixin private VerdictOptions verdicts = new VerdictOptions();

  @Override
  int run(Store store) throws IOException, Failure {
    RowKey row = target.row();
    store.enable(row, true);
    out().println(row + ": enabled is true now");
    return store instanceof TableStore table
        ? verdicts.awaitSwitch(table, row, true, judge(), parent().clock(), out())
        : 0;
  }
}
