package io.sluice.router.text;

/** What happens to generated code that is not streamed (contract 3.9). */
public final class GenerationText {

  private GenerationText() {}

  /**
   * The code to put in at the cursor: without fences, on a new line where the cursor isn't at a
   * line's start, without lines that only repeat what is above; empty where only blanks are left.
   *
   * @param prefix the file above the cursor
   * @param text the model's answer
   */
  public static String clean(String prefix, String text) {
    String code = Fences.strip(text);
    if (!code.isEmpty() && !prefix.endsWith("\n") && !code.startsWith("\n")) {
      code = "\n" + code;
    }
    code = Reflections.remove(prefix, code);
    return code.isBlank() ? "" : code;
  }
}
