package io.sluice.backend.openai;

import java.util.Locale;
import java.util.regex.Pattern;

/** What a model's name on the wire tells about it (contract 8.1). */
final class ModelNames {

  private static final Pattern GPT_5 = Pattern.compile("(?<![a-z0-9])gpt[-_.]?5(?!\\d)");
  private static final Pattern NO_TEMPERATURE =
      Pattern.compile("(?:opus[-_.]4[-_.][78]|(?:sonnet|fable|mythos)[-_.]5)(?!\\d)");
  private static final Pattern PREFILLED_CLAUDE =
      Pattern.compile(
          "opus[-_.]4[-_.][15](?!\\d)|(?:sonnet|haiku)[-_.]4[-_.]5(?!\\d)"
              + "|sonnet-4-20250514|3-haiku-20240307|3-sonnet-20240229");

  private ModelNames() {}

  /** Whether it wants {@code max_completion_tokens} for {@code max_tokens}. */
  static boolean countsCompletionTokens(String model) {
    return GPT_5.matcher(lower(model)).find();
  }

  /** Whether it rejects a temperature. */
  static boolean rejectsTemperature(String model) {
    return NO_TEMPERATURE.matcher(lower(model)).find();
  }

  /** Whether it rejects a last message of the assistant. */
  static boolean rejectsPrefill(String model) {
    String name = lower(model);
    return name.contains("claude") && !PREFILLED_CLAUDE.matcher(name).find();
  }

  private static String lower(String model) {
    return model.toLowerCase(Locale.ROOT);
  }
}
