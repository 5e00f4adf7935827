package io.sluice.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * Search terms as Lucene's query. A word counts in the field where it says most: a title more than
 * a heading, a heading more than the text.
 */
final class SearchQuery {

  private static final List<String> FIELDS =
      List.of(IndexFormat.TITLE, IndexFormat.HEADINGS, IndexFormat.TEXT);
  private static final float[] BOOSTS = {2.5f, 2.0f, 1.0f};

  /** What the other fields add to the best one. */
  private static final float OTHER_FIELDS = 0.2f;

  private static final float PAIRS = 0.5f;

  /** Of how many words one more must occur. */
  private static final int WORDS_FOR_ONE_MORE = 3;

  private SearchQuery() {}

  /**
   * The query.
   *
   * @param strict whether quoted terms must occur, not only count
   */
  static Query of(SearchTerms terms, boolean strict) {
    BooleanQuery.Builder words = new BooleanQuery.Builder();
    for (String word : terms.words()) {
      words.add(inFields(field -> new TermQuery(new Term(field, word))), Occur.SHOULD);
    }
    words.setMinimumNumberShouldMatch(Math.max(1, (terms.words().size() + 1) / WORDS_FOR_ONE_MORE));
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    query.add(words.build(), Occur.MUST);
    for (SearchTerms.Phrase pair : terms.pairs()) {
      query.add(new BoostQuery(inFields(field -> phrase(field, pair)), PAIRS), Occur.SHOULD);
    }
    for (SearchTerms.Phrase phrase : terms.phrases()) {
      query.add(inFields(field -> phrase(field, phrase)), strict ? Occur.MUST : Occur.SHOULD);
    }
    return query.build();
  }

  private static Query inFields(Function<String, Query> query) {
    List<Query> alternatives = new ArrayList<>();
    for (int i = 0; i < BOOSTS.length; i++) {
      alternatives.add(new BoostQuery(query.apply(FIELDS.get(i)), BOOSTS[i]));
    }
    return new DisjunctionMaxQuery(alternatives, OTHER_FIELDS);
  }

  private static Query phrase(String field, SearchTerms.Phrase phrase) {
    PhraseQuery.Builder builder = new PhraseQuery.Builder();
    for (int i = 0; i < phrase.stems().size(); i++) {
      builder.add(new Term(field, phrase.stems().get(i)), phrase.positions().get(i));
    }
    return builder.build();
  }
}
