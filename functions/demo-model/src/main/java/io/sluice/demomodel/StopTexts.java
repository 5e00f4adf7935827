package io.sluice.demomodel;

import java.util.List;

/**
 * Ends a text before the first of the stop texts, also where one spans several pieces: what may be
 * the beginning of a stop text is held back. For one answer; not thread-safe.
 */
final class StopTexts {

  private final List<String> stops;
  private final StringBuilder held = new StringBuilder();
  private boolean found;

  StopTexts(List<String> stops) {
    this.stops = stops.stream().filter(stop -> !stop.isEmpty()).toList();
  }

  /** Adds a piece; what may be given out now, perhaps nothing. */
  String add(String piece) {
    if (found) {
      return "";
    }
    held.append(piece);
    int stop = firstStop();
    if (stop >= 0) {
      found = true;
      String before = held.substring(0, stop);
      held.setLength(0);
      return before;
    }
    int sure = held.length() - longestBeginning();
    String given = held.substring(0, sure);
    held.delete(0, sure);
    return given;
  }

  /** Whether a stop text was found: the answer is over. */
  boolean found() {
    return found;
  }

  /** What was held back when the text ended without a stop text. */
  String rest() {
    String rest = held.toString();
    held.setLength(0);
    return rest;
  }

  private int firstStop() {
    return stops.stream().mapToInt(held::indexOf).filter(i -> i >= 0).min().orElse(-1);
  }

  /** The length of the longest end of the held text that a stop text begins with. */
  private int longestBeginning() {
    int longest = 0;
    for (String stop : stops) {
      for (int length = Math.min(stop.length() - 1, held.length()); length > longest; length--) {
        if (stop.startsWith(held.substring(held.length() - length))) {
          longest = length;
        }
      }
    }
    return longest;
  }
}
