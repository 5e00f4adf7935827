package io.sluice.docs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;

/** An index that is open. Thread-safe. */
public final class DocsIndex implements Documentation, AutoCloseable {

  /** What all passages of an answer may have together: about 6,000 tokens. */
  static final int MOST_CHARACTERS = 24_000;

  /** More would leave no room for other pages. */
  static final int MOST_OF_A_PAGE = 2;

  /** How many passages are looked at for each that is wanted. */
  private static final int CANDIDATES = 8;

  private final DirectoryReader reader;
  private final IndexSearcher searcher;
  private final DocsAnalyzer analyzer = new DocsAnalyzer();
  private final String name;

  private DocsIndex(DirectoryReader reader) throws IOException {
    this.reader = reader;
    this.searcher = new IndexSearcher(reader);
    searcher.setSimilarity(IndexFormat.similarity());
    searcher.setQueryCache(null); // questions don't come twice
    Map<String, String> said = reader.getIndexCommit().getUserData();
    String format = said.getOrDefault(IndexFormat.FORMAT_KEY, "");
    if (!format.equals(IndexFormat.NUMBER)) {
      throw new IOException(
          "it is of format '%s', not %s: build it again with scripts/docs-index"
              .formatted(format, IndexFormat.NUMBER));
    }
    this.name = said.get(IndexFormat.VERSION_KEY) + "/" + said.get(IndexFormat.DIGEST_KEY);
  }

  /**
   * Opens an index.
   *
   * @param folderOrZip the zip that {@code scripts/docs-index} wrote, or what was unpacked of its
   *     folder {@code docs}
   * @throws IOException if it is none, too large, or of another format
   */
  public static DocsIndex open(Path folderOrZip) throws IOException {
    LuceneLog.quieten();
    return open(IndexFiles.of(folderOrZip));
  }

  /** Opens the index of a zip as it comes. */
  public static DocsIndex open(InputStream zip) throws IOException {
    LuceneLog.quieten();
    return open(IndexFiles.of(zip));
  }

  private static DocsIndex open(Directory directory) throws IOException {
    try {
      DirectoryReader reader = DirectoryReader.open(directory);
      try {
        return new DocsIndex(reader);
      } catch (IOException e) {
        reader.close();
        throw e;
      }
    } catch (IndexNotFoundException e) {
      directory.close();
      throw new IOException("it holds no index of scripts/docs-index", e);
    } catch (IllegalArgumentException e) { // a codec that this Lucene doesn't have
      directory.close();
      throw new IOException("it was not written by this version of scripts/docs-index", e);
    }
  }

  /** What the index calls itself: GitLab's version, and a digest of its passages. */
  public String name() {
    return name;
  }

  /** How many passages it has. */
  public int size() {
    return reader.numDocs();
  }

  @Override
  public Findings search(String query, int count) throws IOException {
    SearchTerms terms = SearchTerms.of(query, analyzer);
    if (terms.isEmpty()) {
      return new Findings(name, List.of());
    }
    List<Passage> found = find(terms, true, count);
    // Models quote a whole question: its words are better than nothing.
    return new Findings(
        name, found.isEmpty() && !terms.phrases().isEmpty() ? find(terms, false, count) : found);
  }

  private List<Passage> find(SearchTerms terms, boolean strict, int count) throws IOException {
    List<Passage> best = new ArrayList<>();
    Map<String, Integer> ofPage = new HashMap<>();
    int characters = 0;
    for (ScoreDoc hit : hits(terms, strict, count * CANDIDATES)) {
      Passage passage = IndexedPassage.read(searcher.storedFields().document(hit.doc));
      int length = passage.content().length();
      if (characters + length <= MOST_CHARACTERS
          && ofPage.merge(passage.filename(), 1, Integer::sum) <= MOST_OF_A_PAGE) {
        characters += length;
        best.add(passage);
      }
      if (best.size() == count) {
        break;
      }
    }
    return best;
  }

  private ScoreDoc[] hits(SearchTerms terms, boolean strict, int count) throws IOException {
    try {
      return searcher.search(SearchQuery.of(terms, strict), count).scoreDocs;
    } catch (AlreadyClosedException e) {
      throw new IOException("the index was closed", e);
    }
  }

  @Override
  public void close() throws IOException {
    try (Directory _ = reader.directory()) {
      reader.close();
    }
  }
}
