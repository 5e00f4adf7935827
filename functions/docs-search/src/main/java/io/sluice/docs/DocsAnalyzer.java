package io.sluice.docs;

import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/**
 * English words by their stems, without the most frequent ones. Names such as {@code CI_JOB_TOKEN}
 * and {@code gitlab-ci.yml} are words by themselves and by their parts. Thread-safe.
 */
final class DocsAnalyzer extends Analyzer {

  /** Not {@code if}, {@code not}, {@code no} and {@code with}: configuration is full of them. */
  private static final List<String> STOP_WORDS =
      List.of(
          "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "in", "into", "is", "it",
          "its", "of", "on", "or", "such", "that", "the", "their", "then", "there", "these", "they",
          "this", "to", "was", "were", "will");

  private final CharArraySet stopWords =
      CharArraySet.unmodifiableSet(new CharArraySet(STOP_WORDS, false));

  @Override
  protected TokenStreamComponents createComponents(String field) {
    Tokenizer words = new StandardTokenizer();
    TokenStream stream = new NameParts(new LowerCaseFilter(new EnglishPossessiveFilter(words)));
    return new TokenStreamComponents(
        words, new PorterStemFilter(new StopFilter(stream, stopWords)));
  }
}
