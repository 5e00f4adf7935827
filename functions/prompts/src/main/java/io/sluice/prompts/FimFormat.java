package io.sluice.prompts;

import io.sluice.config.ModelFamily;
import java.util.List;

/**
 * How a family's models are asked to fill in the middle when they continue raw text ({@code
 * completion: fim}): the control tokens around prefix and suffix, and where to stop. Families that
 * learned no such tokens continue the prefix alone.
 *
 * @param beforePrefix what comes before the code above the cursor
 * @param beforeSuffix what comes before the code below the cursor
 * @param end what comes last
 * @param suffixFirst whether the code below the cursor is written first
 * @param usesSuffix whether the code below the cursor is written at all
 * @param stop texts that end the answer, at most four
 */
public record FimFormat(
    String beforePrefix,
    String beforeSuffix,
    String end,
    boolean suffixFirst,
    boolean usesSuffix,
    List<String> stop) {

  private static final FimFormat PREFIX_ONLY = new FimFormat("", "", "", false, false, List.of());
  private static final FimFormat CODESTRAL =
      new FimFormat(
          "[PREFIX]",
          "[SUFFIX]",
          "",
          true,
          true,
          List.of("[PREFIX]", "[SUFFIX]", "[MIDDLE]", "[INST]"));
  private static final FimFormat CODEGEMMA =
      new FimFormat(
          "<|fim_prefix|>",
          "<|fim_suffix|>",
          "<|fim_middle|>",
          false,
          true,
          List.of("<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>", "<|file_separator|>"));
  private static final FimFormat CODELLAMA =
      new FimFormat(
          "<PRE> ", " <SUF>", " <MID>", false, true, List.of("<PRE>", "<SUF>", "<MID>", "<EOT>"));
  private static final FimFormat DEEPSEEK =
      new FimFormat(
          "<\uFF5Cfim\u2581begin\uFF5C>",
          "<\uFF5Cfim\u2581hole\uFF5C>",
          "<\uFF5Cfim\u2581end\uFF5C>",
          false,
          true,
          List.of(
              "<\uFF5Cfim\u2581begin\uFF5C>",
              "<\uFF5Cfim\u2581hole\uFF5C>",
              "<\uFF5Cfim\u2581end\uFF5C>",
              "<\uFF5Cend\u2581of\u2581sentence\uFF5C>"));
  private static final FimFormat QWEN =
      new FimFormat(
          "<|fim_prefix|>",
          "<|fim_suffix|>",
          "<|fim_middle|>",
          false,
          true,
          List.of("<|endoftext|>", "<|fim_pad|>", "<|repo_name|>", "<|file_sep|>"));

  public FimFormat {
    stop = List.copyOf(stop);
  }

  /** The format of the family's models. */
  public static FimFormat of(ModelFamily family) {
    return switch (family) {
      case CODESTRAL -> CODESTRAL;
      case CODEGEMMA -> CODEGEMMA;
      case CODELLAMA -> CODELLAMA;
      case DEEPSEEKCODER -> DEEPSEEK;
      case QWEN -> QWEN;
      case MISTRAL, MIXTRAL, LLAMA3, GPT, CLAUDE_3, GENERAL, GEMINI, EMBEDDING -> PREFIX_ONLY;
    };
  }

  /** The text that the model continues. */
  public String prompt(String prefix, String suffix) {
    if (!usesSuffix) {
      return beforePrefix + prefix + end;
    }
    return suffixFirst
        ? beforeSuffix + suffix + beforePrefix + prefix + end
        : beforePrefix + prefix + beforeSuffix + suffix + end;
  }
}
