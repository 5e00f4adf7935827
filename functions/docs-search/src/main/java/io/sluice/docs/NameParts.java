package io.sluice.docs;

import java.io.IOException;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.util.AttributeSource;

/** Adds the parts of names joined by {@code _ . :} at the position of the whole name. */
final class NameParts extends TokenFilter {

  private static final String JOINTS = "_.:";

  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final PositionIncrementAttribute position =
      addAttribute(PositionIncrementAttribute.class);

  private String name = "";
  private int next;
  private AttributeSource.State whole = captureState();

  NameParts(TokenStream input) {
    super(input);
  }

  @Override
  public boolean incrementToken() throws IOException {
    while (next < name.length()) {
      int from = next;
      int to = from;
      while (to < name.length() && JOINTS.indexOf(name.charAt(to)) < 0) {
        to++;
      }
      next = to + 1;
      if (to > from) {
        restoreState(whole);
        term.setEmpty().append(name, from, to);
        position.setPositionIncrement(0);
        return true;
      }
    }
    if (!input.incrementToken()) {
      return false;
    }
    name = "";
    next = 0;
    for (int i = 0; i < term.length(); i++) {
      if (JOINTS.indexOf(term.charAt(i)) >= 0) {
        name = term.toString();
        whole = captureState();
        break;
      }
    }
    return true;
  }

  @Override
  public void reset() throws IOException {
    super.reset();
    name = "";
    next = 0;
  }
}
