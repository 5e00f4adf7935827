package io.sluice.docs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/**
 * What a query asks for: words, and terms in quotes. Immutable.
 *
 * @param words the stems of the words, those of phrases among them, each once
 * @param pairs stems that follow each other
 * @param phrases the stems of each quoted term
 */
record SearchTerms(Set<String> words, List<Phrase> pairs, List<Phrase> phrases) {

  /** The longest part of a query that counts: a question is short, and a pasted log is none. */
  private static final int LONGEST_QUERY = 2_000;

  private static final int MOST_WORDS = 48;
  private static final String QUOTES = "\"\u201c\u201d";

  /**
   * Words in order.
   *
   * @param stems the words
   * @param positions where each stands, words left out counted
   */
  record Phrase(List<String> stems, List<Integer> positions) {}

  boolean isEmpty() {
    return words.isEmpty();
  }

  /** Reads a query; a quote without an end is a character like others. */
  static SearchTerms of(String query, Analyzer analyzer) throws IOException {
    String text = query.substring(0, Math.min(query.length(), LONGEST_QUERY));
    Set<String> words = new LinkedHashSet<>();
    List<Phrase> pairs = new ArrayList<>();
    List<Phrase> phrases = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int open = quote(text, at);
      int close = open < 0 ? -1 : quote(text, open + 1);
      if (close < 0) {
        add(read(text.substring(at), analyzer), words, pairs);
        break;
      }
      add(read(text.substring(at, open), analyzer), words, pairs);
      Phrase quoted = read(text.substring(open + 1, close), analyzer);
      if (!quoted.stems.isEmpty()) {
        phrases.add(quoted);
        words.addAll(quoted.stems);
      }
      at = close + 1;
    }
    return new SearchTerms(telling(words), pairs, phrases);
  }

  private static int quote(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (QUOTES.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private static void add(Phrase read, Set<String> words, List<Phrase> pairs) {
    words.addAll(read.stems);
    for (int i = 1; i < read.stems.size() && pairs.size() < MOST_WORDS; i++) {
      if (read.positions.get(i) - read.positions.get(i - 1) == 1) {
        pairs.add(new Phrase(read.stems.subList(i - 1, i + 1), List.of(0, 1)));
      }
    }
  }

  /** Without what only makes it a question, unless nothing else is there. */
  private static Set<String> telling(Set<String> words) {
    Set<String> asking = QuestionWords.stems();
    Set<String> telling = new LinkedHashSet<>();
    for (String word : words) {
      if (!asking.contains(word) && telling.size() < MOST_WORDS) {
        telling.add(word);
      }
    }
    return telling;
  }

  private static Phrase read(String text, Analyzer analyzer) throws IOException {
    List<String> stems = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    try (TokenStream stream = analyzer.tokenStream(IndexFormat.TEXT, text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      PositionIncrementAttribute increment = stream.addAttribute(PositionIncrementAttribute.class);
      int position = -1;
      stream.reset();
      while (stream.incrementToken() && stems.size() < MOST_WORDS) {
        position += increment.getPositionIncrement();
        stems.add(term.toString());
        positions.add(position);
      }
    }
    return new Phrase(List.copyOf(stems), List.copyOf(positions));
  }
}
