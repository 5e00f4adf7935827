package io.sluice.docsindex;

import io.sluice.docs.IndexFormat;
import io.sluice.docs.IndexedPassage;
import io.sluice.docs.Passage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;

/** Passages as the zip of an index. In a new process, the same passages make the same bytes. */
final class IndexZip {

  /** So that there is one segment, without a merge. */
  private static final int BUFFER_MEGABYTES = 1024;

  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private IndexZip() {}

  /** The zip of an index with those passages, which says of itself what is described. */
  static byte[] of(List<Passage> passages, String version, String digest) throws IOException {
    IndexWriterConfig config =
        IndexFormat.writing()
            .setCodec(new TimelessCodec())
            .setMergePolicy(NoMergePolicy.INSTANCE)
            .setRAMBufferSizeMB(BUFFER_MEGABYTES)
            .setUseCompoundFile(true);
    try (Directory directory = new ByteBuffersDirectory()) {
      try (IndexWriter writer = new IndexWriter(directory, config)) {
        for (Passage passage : passages) {
          writer.addDocument(IndexedPassage.write(passage));
        }
        writer.setLiveCommitData(IndexFormat.describe(version, digest).entrySet());
        writer.commit();
      }
      return zip(directory);
    }
  }

  private static byte[] zip(Directory directory) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(Deflater.BEST_COMPRESSION);
      for (String name : directory.listAll()) { // sorted
        if (name.equals(IndexWriter.WRITE_LOCK_NAME)) {
          continue;
        }
        ZipEntry entry = new ZipEntry(IndexFormat.FOLDER + name);
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
        try (IndexInput input = directory.openInput(name, IOContext.READONCE)) {
          byte[] content = new byte[Math.toIntExact(input.length())];
          input.readBytes(content, 0, content.length);
          zip.write(content);
        }
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
