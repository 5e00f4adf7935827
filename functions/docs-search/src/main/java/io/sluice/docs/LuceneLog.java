package io.sluice.docs;

import java.util.logging.Level;
import java.util.logging.Logger;

/** What Lucene says by itself. */
final class LuceneLog {

  /** Held, since a logger that nobody holds forgets its level. */
  private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");

  private LuceneLog() {}

  /** Warnings are of what our runtime has been spared: the vector API, and a view on the JVM. */
  static void quieten() {
    LUCENE.setLevel(Level.SEVERE);
  }
}
