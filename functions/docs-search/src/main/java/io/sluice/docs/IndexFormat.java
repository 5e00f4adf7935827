package io.sluice.docs;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;

/** What builder and search agree on: fields, similarity, and how an index describes itself. */
public final class IndexFormat {

  /** Changes with everything that an older search could not read. */
  static final String NUMBER = "1";

  /** The folder of a zip that an index is in: as a layer it is unpacked to {@code /opt/docs}. */
  public static final String FOLDER = "docs/";

  /** The most bytes of a zip, and of what is unpacked from one. */
  public static final long MOST_BYTES = 60L * 1024 * 1024;

  static final String TITLE = "title";
  static final String HEADINGS = "headings";
  static final String TEXT = "text";
  static final String ID = "id";
  static final String FILENAME = "filename";
  static final String URL = "url";
  static final String HEADING = "heading";

  /** What the commit says of the index. */
  static final String FORMAT_KEY = "format";

  static final String VERSION_KEY = "version";
  static final String DIGEST_KEY = "digest";

  /** Passages are of like length, so a short one is little better than a long one. */
  private static final float LENGTH_NORMALISATION = 0.5f;

  private static final float SATURATION = 1.2f;

  private IndexFormat() {}

  /** How words in a passage weigh. */
  static Similarity similarity() {
    return new BM25Similarity(SATURATION, LENGTH_NORMALISATION);
  }

  /**
   * What an index says of itself.
   *
   * @param version GitLab's
   * @param digest of its passages
   */
  public static SortedMap<String, String> describe(String version, String digest) {
    return new TreeMap<>(Map.of(FORMAT_KEY, NUMBER, VERSION_KEY, version, DIGEST_KEY, digest));
  }

  /** How an index is written. */
  public static IndexWriterConfig writing() {
    LuceneLog.quieten();
    return new IndexWriterConfig(new DocsAnalyzer()).setSimilarity(similarity());
  }
}
