package io.sluice.docs;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.NIOFSDirectory;
import org.apache.lucene.store.NoLockFactory;

/** The files of an index: in a folder, where they are read as needed, or in a zip, in memory. */
final class IndexFiles {

  private static final int PIECE = 64 * 1024;

  private IndexFiles() {}

  static Directory of(Path folderOrZip) throws IOException {
    if (Files.isDirectory(folderOrZip)) {
      return new NIOFSDirectory(folderOrZip, NoLockFactory.INSTANCE);
    }
    try (InputStream zip = Files.newInputStream(folderOrZip)) {
      return of(zip);
    }
  }

  /** Of a zip; entries outside of the index's folder are none of its files. */
  static Directory of(InputStream zip) throws IOException {
    ByteBuffersDirectory directory = new ByteBuffersDirectory(NoLockFactory.INSTANCE);
    // What is compressed counts, and what comes of it: neither may be endless.
    Budget unpacked = new Budget();
    try (ZipInputStream entries = new ZipInputStream(new Budgeted(zip))) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        String name = entry.getName();
        if (!entry.isDirectory() && name.startsWith(IndexFormat.FOLDER)) {
          copy(entries, name.substring(IndexFormat.FOLDER.length()), directory, unpacked);
        }
      }
    }
    return directory;
  }

  private static void copy(InputStream from, String name, Directory to, Budget budget)
      throws IOException {
    byte[] piece = new byte[PIECE];
    try (IndexOutput output = to.createOutput(name, IOContext.DEFAULT)) {
      for (int read = from.read(piece); read >= 0; read = from.read(piece)) {
        budget.take(read);
        output.writeBytes(piece, read);
      }
    }
  }

  private static final class Budget {
    private long left = IndexFormat.MOST_BYTES;

    void take(int bytes) throws ZipException {
      left -= bytes;
      if (left < 0) {
        throw new ZipException("is larger than " + IndexFormat.MOST_BYTES + " bytes");
      }
    }
  }

  private static final class Budgeted extends FilterInputStream {
    private final Budget budget = new Budget();

    Budgeted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      budget.take(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int read = super.read(to, offset, length);
      budget.take(Math.max(0, read));
      return read;
    }
  }
}
