package io.sluice.prompts;

import io.sluice.config.ModelFamily;
import java.util.ArrayList;
import java.util.List;

/**
 * The texts that a family's models take as structure, not as words: data that holds one could end
 * its own message. As the vendors publish them (contract 3.7 for fill-in-the-middle).
 */
final class ControlTokens {

  private static final List<String> CHATML = List.of("<|im_start|>", "<|im_end|>", "<|endoftext|>");
  private static final List<String> MISTRAL =
      List.of(
          "[INST]",
          "[/INST]",
          "[SYSTEM_PROMPT]",
          "[/SYSTEM_PROMPT]",
          "[AVAILABLE_TOOLS]",
          "[TOOL_CALLS]",
          "[TOOL_RESULTS]",
          "[PREFIX]",
          "[SUFFIX]",
          "[MIDDLE]",
          "<<SYS>>",
          "<</SYS>>");
  private static final List<String> LLAMA3 =
      List.of(
          "<|begin_of_text|>",
          "<|start_header_id|>",
          "<|end_header_id|>",
          "<|eot_id|>",
          "<|eom_id|>",
          "<|end_of_text|>",
          "<|python_tag|>");
  private static final List<String> CODELLAMA = List.of("<PRE>", "<SUF>", "<MID>", "<EOT>");
  private static final List<String> GEMMA =
      List.of(
          "<start_of_turn>",
          "<end_of_turn>",
          "<|fim_prefix|>",
          "<|fim_suffix|>",
          "<|fim_middle|>",
          "<|file_separator|>");
  private static final List<String> DEEPSEEK =
      List.of(
          "<\uFF5Cfim\u2581begin\uFF5C>",
          "<\uFF5Cfim\u2581hole\uFF5C>",
          "<\uFF5Cfim\u2581end\uFF5C>",
          "<\uFF5Cbegin\u2581of\u2581sentence\uFF5C>",
          "<\uFF5Cend\u2581of\u2581sentence\uFF5C>",
          "<\uFF5CUser\uFF5C>",
          "<\uFF5CAssistant\uFF5C>",
          "<|EOT|>");
  private static final List<String> QWEN =
      List.of(
          "<|fim_prefix|>",
          "<|fim_suffix|>",
          "<|fim_middle|>",
          "<|fim_pad|>",
          "<|repo_name|>",
          "<|file_sep|>");
  private static final List<String> HARMONY =
      List.of("<|start|>", "<|end|>", "<|message|>", "<|channel|>", "<|return|>", "<|call|>");

  private static final List<String> ALL =
      joined(CHATML, MISTRAL, LLAMA3, CODELLAMA, GEMMA, DEEPSEEK, QWEN, HARMONY);
  private static final List<String> FOR_QWEN = joined(CHATML, QWEN);
  private static final List<String> FOR_GPT = joined(CHATML, HARMONY);
  private static final List<String> FOR_CODELLAMA = joined(MISTRAL, CODELLAMA);

  private ControlTokens() {}

  /** The tokens of the family; every known one where a family can be any model. */
  static List<String> of(ModelFamily family) {
    return switch (family) {
      case MISTRAL, MIXTRAL, CODESTRAL -> MISTRAL;
      case LLAMA3 -> LLAMA3;
      case CODELLAMA -> FOR_CODELLAMA;
      case CODEGEMMA -> GEMMA;
      case DEEPSEEKCODER -> DEEPSEEK;
      case QWEN -> FOR_QWEN;
      case GPT -> FOR_GPT;
      case GEMINI, CLAUDE_3 -> List.of();
      case GENERAL, EMBEDDING -> ALL;
    };
  }

  @SafeVarargs
  private static List<String> joined(List<String>... lists) {
    List<String> all = new ArrayList<>();
    for (List<String> list : lists) {
      all.addAll(list);
    }
    return List.copyOf(all);
  }
}
