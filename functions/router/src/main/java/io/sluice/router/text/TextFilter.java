package io.sluice.router.text;

import io.sluice.config.ModelFamily;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes a text that arrives in pieces, and gives on each piece as soon as it is certain. The
 * result doesn't depend on where the text was cut. For one answer; not thread-safe.
 */
public interface TextFilter {

  /** Takes a piece; returns what is certain by now, without empty pieces. */
  List<String> push(String piece);

  /** Returns what was held back. To be called once, at the end or when the model fails. */
  List<String> finish();

  /** The filter for a whole answer: all of it at once. */
  default String whole(String text) {
    return String.join("", push(text)) + String.join("", finish());
  }

  /** This filter, then that one. */
  default TextFilter then(TextFilter next) {
    TextFilter first = this;
    return new TextFilter() {
      @Override
      public List<String> push(String piece) {
        return through(first.push(piece));
      }

      @Override
      public List<String> finish() {
        List<String> pieces = through(first.finish());
        pieces.addAll(next.finish());
        return pieces;
      }

      private List<String> through(List<String> pieces) {
        List<String> changed = new ArrayList<>();
        pieces.forEach(piece -> changed.addAll(next.push(piece)));
        return changed;
      }
    };
  }

  /** Changes nothing. */
  static TextFilter none() {
    return new TextFilter() {
      @Override
      public List<String> push(String piece) {
        return piece.isEmpty() ? List.of() : List.of(piece);
      }

      @Override
      public List<String> finish() {
        return List.of();
      }
    };
  }

  /** What every answer of the family's models needs, whatever was asked (contract 3.9, 5.5). */
  static TextFilter of(ModelFamily family) {
    TextFilter clean = new ControlCharacterFilter();
    TextFilter text = family.stripsReasoning() ? clean.then(new ReasoningFilter()) : clean;
    return family == ModelFamily.MIXTRAL ? text.then(new UnderscoreFilter()) : text;
  }
}
