package io.sluice.local;

import io.sluice.config.Ability;
import io.sluice.config.CompletionMode;
import io.sluice.config.ModelFamily;
import io.sluice.config.ModelRow;
import io.sluice.config.Provider;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The model that flags name, as the row that answers while the table says nothing. */
final class DefaultModel {

  /** The row's name. */
  static final String NAME = "default";

  /** The name under which its key is kept. */
  static final String SECRET = "default-model-key";

  private static final int OUTPUT_TOKENS = 4_096;

  /** The demo's model: what {@code functions/demo-model} takes. */
  private static final int DEMO_CONTEXT_TOKENS = 1_500;

  private static final int DEMO_OUTPUT_TOKENS = 128;

  /** Names of models that do not spell their family's; the first that fits decides. */
  private static final Map<String, ModelFamily> SPELLINGS =
      Map.of(
          "claude", ModelFamily.CLAUDE_3,
          "deepseek", ModelFamily.DEEPSEEKCODER,
          "llama", ModelFamily.LLAMA3);

  private DefaultModel() {}

  /** The row; {@code null} where no flag names a model. */
  static @Nullable ModelRow of(Settings settings) {
    String endpoint = settings.modelEndpoint();
    String model = settings.modelName();
    if (endpoint == null || model == null) {
      return null;
    }
    boolean small = settings.demoModel() != null;
    ModelFamily family = family(model);
    return new ModelRow(
        NAME,
        Provider.OPENAI,
        family,
        model,
        endpoint,
        null,
        CompletionMode.CHAT,
        settings.modelKeyVariable() == null ? null : SECRET,
        small ? DEMO_CONTEXT_TOKENS : Math.min(32_000, family.contextTokens()),
        small ? DEMO_OUTPUT_TOKENS : OUTPUT_TOKENS,
        EnumSet.of(Ability.STREAM, Ability.SYSTEM, Ability.STOP),
        Set.of());
  }

  /** The family that the model's name spells; a row says it exactly. */
  static ModelFamily family(String model) {
    String name = model.toLowerCase(Locale.ROOT);
    ModelFamily found = ModelFamily.GENERAL;
    int longest = 0;
    for (ModelFamily family : ModelFamily.values()) {
      String wire = family.wire();
      if (wire.length() > longest && name.contains(wire) && family != ModelFamily.EMBEDDING) {
        found = family;
        longest = wire.length();
      }
    }
    if (longest > 0) {
      return found;
    }
    return SPELLINGS.entrySet().stream()
        .filter(spelling -> name.contains(spelling.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(found);
  }
}
