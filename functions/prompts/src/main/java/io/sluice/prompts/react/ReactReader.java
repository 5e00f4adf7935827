package io.sluice.prompts.react;

/**
 * Reads a model's step while it is written (contract 5.5). A final answer is given on as it comes,
 * wherever it starts: it wins over an action, so whether there is an action is known at the end
 * alone. What a model makes up behind an action's input, as if a tool had answered, is ignored. The
 * result doesn't depend on where the text was cut, but for the pieces of the answer. For one step;
 * not thread-safe.
 */
public final class ReactReader {

  static final String FINAL_ANSWER = "Final Answer:";
  static final String THOUGHT = "Thought:";
  static final String ACTION = "Action:";
  static final String INPUT = "Action Input:";
  static final String OBSERVATION = "Observation:";

  private static final String MADE_UP = "\n" + OBSERVATION;
  private static final String BOLD = "**";

  private enum State {
    STEP,
    ANSWER_START,
    ANSWER,
    MADE_UP
  }

  private State state = State.STEP;
  private final StringBuilder held = new StringBuilder();
  private int searched;
  private boolean bold;

  /** Takes a piece; returns what of the final answer is certain now, maybe nothing. */
  public String push(String piece) {
    if (state == State.MADE_UP) {
      return "";
    }
    held.append(piece);
    if (state == State.STEP) {
      search();
    }
    if (state == State.ANSWER_START) {
      start();
    }
    return state == State.ANSWER ? release() : "";
  }

  /** What it was. To be called once, at the end. */
  public ReactOutput finish() {
    return switch (state) {
      case STEP, MADE_UP -> ReactStepText.read(held.toString());
      case ANSWER_START, ANSWER -> new ReactOutput.Answer(held.toString().strip());
    };
  }

  private void search() {
    int answer = held.indexOf(FINAL_ANSWER, searched);
    int madeUp = madeUp();
    if (answer >= 0 && (madeUp < 0 || answer < madeUp)) {
      bold = answer >= BOLD.length() && held.substring(0, answer).endsWith(BOLD);
      held.delete(0, answer + FINAL_ANSWER.length());
      state = State.ANSWER_START;
    } else if (madeUp >= 0) {
      held.setLength(madeUp);
      state = State.MADE_UP;
    } else {
      searched = Math.max(0, held.length() - FINAL_ANSWER.length());
    }
  }

  private int madeUp() {
    int at = held.indexOf(MADE_UP, searched);
    while (at >= 0 && !ReactStepText.hasAction(held.substring(0, at))) {
      at = held.indexOf(MADE_UP, at + 1);
    }
    return at;
  }

  /** White space, and the end of a marker in bold, are no part of the answer. */
  private void start() {
    dropBlanks();
    if (bold && held.indexOf(BOLD) == 0) {
      held.delete(0, BOLD.length());
      bold = false;
      dropBlanks();
    }
    boolean undecided = held.isEmpty() || (bold && held.toString().equals("*"));
    if (!undecided) {
      state = State.ANSWER;
    }
  }

  private void dropBlanks() {
    int start = 0;
    while (start < held.length() && Character.isWhitespace(held.charAt(start))) {
      start++;
    }
    held.delete(0, start);
  }

  private String release() {
    int end = held.length();
    while (end > 0 && Character.isWhitespace(held.charAt(end - 1))) {
      end--;
    }
    String certain = held.substring(0, end);
    held.delete(0, end);
    return certain;
  }
}
