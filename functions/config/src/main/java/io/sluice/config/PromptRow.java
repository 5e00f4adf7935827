package io.sluice.config;

/**
 * An override of one of our prompts.
 *
 * @param name the prompt's id and family: {@code review_merge_request/mistral}
 * @param version its version, such as {@code 1.1.0}
 * @param template its text, at most {@value #MAX_TEMPLATE_BYTES} bytes of UTF-8
 */
public record PromptRow(String name, String version, String template) implements Row {

  /** The largest template, in bytes of UTF-8. */
  public static final int MAX_TEMPLATE_BYTES = 100 * 1024;
}
