package io.sluice.router.answer;

import io.sluice.config.Candidate;
import io.sluice.router.call.Question;
import io.sluice.router.call.TextSink;
import io.sluice.router.text.TextFilter;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes a model's text through the filter of its family into a stream. A piece never ends within a
 * character. For one answer; not thread-safe.
 */
public final class FilteredText implements TextSink {

  private final AnswerStream stream;
  private final Function<Candidate, TextFilter> filters;
  private @Nullable TextFilter filter;
  private String half = "";

  /**
   * @param filters makes the filter of the candidate that answers
   */
  public FilteredText(AnswerStream stream, Function<Candidate, TextFilter> filters) {
    this.stream = stream;
    this.filters = filters;
  }

  @Override
  public void text(Candidate candidate, Question question, String piece) throws IOException {
    TextFilter through = filter;
    if (through == null) {
      through = filters.apply(candidate);
      filter = through;
      stream.begin();
    }
    String text = half + piece;
    int last = text.length() - 1;
    half = Character.isHighSurrogate(text.charAt(last)) ? text.substring(last) : "";
    send(through, text.substring(0, text.length() - half.length()));
  }

  /** Sends what was held back: at the answer's end, also when it broke off. */
  public void flush() throws IOException {
    if (filter != null) {
      send(filter, half);
      half = "";
      for (String rest : filter.finish()) {
        stream.text(rest);
      }
    }
  }

  private void send(TextFilter through, String text) throws IOException {
    if (!text.isEmpty()) {
      for (String piece : through.push(text)) {
        stream.text(piece);
      }
    }
  }
}
