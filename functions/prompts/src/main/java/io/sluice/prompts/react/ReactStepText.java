package io.sluice.prompts.react;

/** Reads a step that holds no final answer. */
final class ReactStepText {

  /** The lines that end an action's input. */
  private static final String[] NEXT = {
    "\n" + ReactReader.OBSERVATION, "\n" + ReactReader.THOUGHT, "\n" + ReactReader.ACTION
  };

  /** What small models name as the tool when they want to answer. */
  private static final String NO_TOOL = "finalanswer";

  private ReactStepText() {}

  static boolean hasAction(String text) {
    int action = text.indexOf(ReactReader.ACTION);
    return action >= 0 && text.indexOf(ReactReader.INPUT, action) >= 0;
  }

  static ReactOutput read(String text) {
    int action = text.indexOf(ReactReader.ACTION);
    int input = action < 0 ? -1 : text.indexOf(ReactReader.INPUT, action);
    if (input < 0) {
      return new ReactOutput.Unknown(text);
    }
    int tool = action + ReactReader.ACTION.length();
    int toolEnd = text.indexOf("Action", tool);
    String name = bare(text.substring(tool, toolEnd)).replace("\\_", "_");
    String value = input(text.substring(input + ReactReader.INPUT.length()));
    return letters(name).equals(NO_TOOL)
        ? new ReactOutput.Answer(value)
        : new ReactOutput.Action(name, value, thought(text.substring(0, action)));
  }

  private static String thought(String text) {
    String thought = text.strip();
    while (thought.endsWith("*")) {
      thought = thought.substring(0, thought.length() - 1).stripTrailing();
    }
    if (thought.startsWith("**")) {
      thought = thought.substring(2);
    }
    if (thought.startsWith(ReactReader.THOUGHT)) {
      thought = thought.substring(ReactReader.THOUGHT.length());
    }
    if (thought.startsWith("**")) {
      thought = thought.substring(2);
    }
    return thought.strip().replace("\\_", "_");
  }

  private static String input(String text) {
    int end = text.length();
    for (String next : NEXT) {
      int at = text.indexOf(next);
      end = at >= 0 && at < end ? at : end;
    }
    String value = text.substring(0, end).strip();
    return value.startsWith("**") ? value.substring(2).strip() : value;
  }

  /** Without blanks, hyphens and Markdown around it. */
  private static String bare(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isAround(text.charAt(start))) {
      start++;
    }
    while (end > start && isAround(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static String letters(String words) {
    StringBuilder letters = new StringBuilder(words.length());
    for (int i = 0; i < words.length(); i++) {
      if (Character.isLetter(words.charAt(i))) {
        letters.append(Character.toLowerCase(words.charAt(i)));
      }
    }
    return letters.toString();
  }

  private static boolean isAround(char c) {
    return Character.isWhitespace(c) || "-*`\"'[]().".indexOf(c) >= 0;
  }
}
