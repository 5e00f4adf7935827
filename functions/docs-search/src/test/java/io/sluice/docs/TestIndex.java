package io.sluice.docs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.NIOFSDirectory;

/** Writes small indexes. */
final class TestIndex {

  private final List<Passage> passages = new ArrayList<>();
  private Map<String, String> description = IndexFormat.describe("18.9.0", "0123456789ab");

  TestIndex page(String filename, String title, String heading, String text) {
    passages.add(
        new Passage(
            Integer.toHexString(passages.size() + 10),
            filename,
            title,
            "https://docs.example" + filename,
            heading.isEmpty() ? List.of() : List.of(heading),
            text));
    return this;
  }

  TestIndex describedBy(Map<String, String> other) {
    description = other;
    return this;
  }

  /** The index, unpacked. */
  Path folder(Path folder) throws IOException {
    try (NIOFSDirectory directory = new NIOFSDirectory(folder);
        IndexWriter writer = new IndexWriter(directory, IndexFormat.writing())) {
      for (Passage passage : passages) {
        writer.addDocument(IndexedPassage.write(passage));
      }
      writer.setLiveCommitData(description.entrySet());
    }
    return folder;
  }

  /** The index as {@code scripts/docs-index} packs it. */
  byte[] zip(Path scratch) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        var files = Files.list(folder(scratch))) {
      for (Path file : files.toList()) {
        zip.putNextEntry(new ZipEntry(IndexFormat.FOLDER + file.getFileName()));
        Files.copy(file, zip);
      }
    }
    return bytes.toByteArray();
  }
}
