package io.sluice.configcli;

import io.sluice.config.Features;
import io.sluice.config.SettingsRow;
import io.sluice.config.row.RowKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which switch to turn. Filled in by picocli. */
final class SwitchOptions {

  @Parameters(
      arity = "0..1",
      paramLabel = "FEATURE",
      description = "The feature, by its setting's name in GitLab, such as duo_chat")
  private @Nullable String feature;

  @Option(names = "--all", description = "The whole gateway: enabled of settings/global")
  private boolean all;

  /** The row whose field {@code enabled} is the switch. */
  RowKey row() throws Failure {
    if (all == (feature != null)) {
      throw Failure.usage("give the name of a feature, or --all for the whole gateway");
    }
    if (feature == null) {
      return new RowKey(RowKey.SETTINGS, SettingsRow.NAME);
    }
    if (!Features.known(feature)) {
      throw Failure.usage(
          "there is no feature of that name; features: " + String.join(", ", Features.names()));
    }
    return new RowKey(RowKey.FEATURE, feature);
  }
}
