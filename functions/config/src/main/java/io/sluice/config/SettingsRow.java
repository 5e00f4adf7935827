package io.sluice.config;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What holds for every request; the one row {@value #NAME}.
 *
 * @param enabled {@code false} refuses every request
 * @param metadata what GitLab's own {@code model_metadata} may name
 * @param defaultModel the model row that answers where nothing else decides, {@code null} for the
 *     deployment's
 * @param regions where models may run; empty for anywhere that the deployment permits
 * @param contentLog whether feature rows may log prompts and answers
 * @param refuseUnaudited whether a request that cannot be recorded must not be answered
 */
public record SettingsRow(
    boolean enabled,
    MetadataPolicy metadata,
    @Nullable String defaultModel,
    Set<String> regions,
    boolean contentLog,
    boolean refuseUnaudited)
    implements Row {

  /** The name of the only settings row. */
  public static final String NAME = "global";

  /** What holds where the table has no settings row. */
  public static final SettingsRow DEFAULT =
      new SettingsRow(true, MetadataPolicy.DEFAULT, null, Set.of(), false, true);

  public SettingsRow {
    regions = Set.copyOf(regions);
  }

  @Override
  public String name() {
    return NAME;
  }
}
