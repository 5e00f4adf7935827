package io.sluice.backend.openai;

import io.sluice.core.model.Message;
import io.sluice.core.model.ModelCall;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Takes out of a server's error text what the server was sent: a server may quote the prompt, and
 * no prompt belongs in a log. Every run of {@value #RUN} or more characters that also occurs in
 * what was sent is masked, whether it is spelled as it was, in JSON's escapes, with other blanks or
 * in other case; shorter runs are taken for chance. Costs one pass over the prompt. For one thread.
 */
final class PromptEcho {

  private static final String MASK = "[prompt]";
  private static final int RUN = 8;
  private static final int FILTER_BITS = 16;

  private final String text;
  private final int[] starts;
  private final int[] ends;

  /** By position in the folded text, the run that ends there. */
  private final long[] runs;

  private final long[] sorted;
  private final boolean[] sent;

  /** Spares most of a prompt's runs the search among the text's. */
  private final BitSet filter = new BitSet(1 << FILTER_BITS);

  private int length;

  private PromptEcho(String text) {
    this.text = text;
    this.starts = new int[text.length()];
    this.ends = new int[text.length()];
    long[] all = new long[text.length()];
    FoldedText folded = new FoldedText(text);
    long run = 0;
    for (int c = folded.next(); c >= 0; c = folded.next()) {
      run = append(run, c);
      starts[length] = folded.start();
      ends[length] = folded.end();
      all[length++] = run;
    }
    this.runs = Arrays.copyOf(all, length);
    this.sorted = length < RUN ? new long[0] : Arrays.copyOfRange(runs, RUN - 1, length);
    Arrays.sort(sorted);
    for (long known : sorted) {
      filter.set(bit(known));
    }
    this.sent = new boolean[sorted.length];
  }

  /**
   * The text without what it quotes of the input.
   *
   * @param text a few thousand characters at most
   * @param input what the server was sent
   */
  static String masked(String text, ModelCall.Input input) {
    PromptEcho echo = new PromptEcho(text);
    if (echo.sorted.length == 0) {
      return text;
    }
    switch (input) {
      case ModelCall.Chat chat -> {
        for (Message message : chat.messages()) {
          echo.compare(message.content());
        }
      }
      case ModelCall.Completion completion -> echo.compare(completion.prompt());
      case ModelCall.Embedding embedding -> embedding.texts().forEach(echo::compare);
    }
    return echo.masked();
  }

  /**
   * The last 8 characters as one number: what is older has left it at the top. Characters beyond
   * Latin-1 may collide, which at worst masks too much.
   */
  private static long append(long run, int c) {
    return (run << (Long.SIZE / RUN)) + c;
  }

  private static int bit(long run) {
    return (int) ((run * 0x9E3779B97F4A7C15L) >>> (Long.SIZE - FILTER_BITS));
  }

  private void compare(String prompt) {
    FoldedText folded = new FoldedText(prompt);
    long run = 0;
    int read = 0;
    for (int c = folded.next(); c >= 0; c = folded.next()) {
      run = append(run, c);
      if (++read >= RUN && filter.get(bit(run))) {
        int found = Arrays.binarySearch(sorted, run);
        if (found >= 0) {
          sent[found] = true;
        }
      }
    }
  }

  private String masked() {
    boolean[] covered = new boolean[length];
    for (int i = RUN - 1; i < length; i++) {
      if (wasSent(runs[i])) {
        Arrays.fill(covered, i - RUN + 1, i + 1, true);
      }
    }
    return withMasks(covered);
  }

  private String withMasks(boolean[] covered) {
    StringBuilder masked = new StringBuilder(text.length());
    for (int i = 0; i < length; i++) {
      covered[i] |= halved(covered, i);
      if (!covered[i]) {
        masked.append(text, starts[i], ends[i]);
      } else if (i == 0 || !covered[i - 1]) {
        masked.append(MASK);
      }
    }
    return masked.toString();
  }

  /** The search is the one that {@link #compare} makes: it meets the same one of equal runs. */
  private boolean wasSent(long run) {
    return sent[Arrays.binarySearch(sorted, run)];
  }

  /** Whether the other half of the character is masked. */
  private boolean halved(boolean[] covered, int i) {
    char c = text.charAt(starts[i]);
    return (Character.isLowSurrogate(c) && i > 0 && covered[i - 1])
        || (Character.isHighSurrogate(c) && i + 1 < length && covered[i + 1]);
  }
}
