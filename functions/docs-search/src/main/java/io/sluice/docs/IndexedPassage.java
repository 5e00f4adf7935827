package io.sluice.docs;

import java.util.Arrays;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexableField;

/** A passage as an index holds it. */
public final class IndexedPassage {

  private IndexedPassage() {}

  /** What an index is to hold of the passage. */
  public static Document write(Passage passage) {
    Document document = new Document();
    document.add(new StoredField(IndexFormat.ID, passage.id()));
    document.add(new StoredField(IndexFormat.FILENAME, passage.filename()));
    document.add(new StoredField(IndexFormat.URL, passage.url()));
    document.add(new TextField(IndexFormat.TITLE, passage.title(), Field.Store.YES));
    for (String heading : passage.headings()) {
      document.add(new StoredField(IndexFormat.HEADING, heading));
    }
    document.add(
        new TextField(IndexFormat.HEADINGS, String.join("\n", passage.headings()), Field.Store.NO));
    document.add(new TextField(IndexFormat.TEXT, passage.text(), Field.Store.YES));
    return document;
  }

  static Passage read(Document document) {
    return new Passage(
        text(document, IndexFormat.ID),
        text(document, IndexFormat.FILENAME),
        text(document, IndexFormat.TITLE),
        text(document, IndexFormat.URL),
        List.copyOf(Arrays.asList(document.getValues(IndexFormat.HEADING))),
        text(document, IndexFormat.TEXT));
  }

  private static String text(Document document, String name) {
    IndexableField field = document.getField(name);
    return field == null ? "" : field.stringValue();
  }
}
