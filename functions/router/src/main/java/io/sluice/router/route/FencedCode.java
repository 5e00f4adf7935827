package io.sluice.router.route;

import org.jspecify.annotations.Nullable;

/** Code in a Markdown fence, as generation prompts get it (contract 3.6). */
final class FencedCode {

  private FencedCode() {}

  static String of(@Nullable String language, String code) {
    return "```" + (language == null ? "" : language) + "\n" + code + "\n```";
  }
}
