package io.sluice.docsindex;

import io.sluice.docs.IndexFormat;
import io.sluice.docs.Passage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;

/**
 * An index that was built, and what it was built of. Immutable.
 *
 * @param version GitLab's
 * @param zip the index
 * @param pages how many pages are in it
 * @param passages how many passages
 * @param redirects how many pages were left out since they lead to another
 * @param empty the pages that say nothing
 * @param missing the files that pages include, and that are not there
 */
@SuppressWarnings("ArrayRecordComponent")
record IndexBuild(
    String version,
    byte[] zip,
    int pages,
    int passages,
    int redirects,
    List<String> empty,
    SortedSet<String> missing) {

  private static final double MEGABYTE = 1024 * 1024;
  private static final int MOST_NAMES = 5;

  /**
   * Builds the index of a folder.
   *
   * @throws BuildException if the folder holds no pages
   */
  static IndexBuild of(DocsFolder folder, String version, Passages cut)
      throws IOException, BuildException {
    List<Passage> passages = new ArrayList<>();
    List<String> empty = new ArrayList<>();
    int pages = 0;
    int redirects = 0;
    for (DocsPage page : folder.pages()) {
      List<Passage> ofPage = page.redirect() ? List.of() : cut.of(page);
      passages.addAll(ofPage);
      if (page.redirect()) {
        redirects++;
      } else if (ofPage.isEmpty()) {
        empty.add(page.filename());
      } else {
        pages++;
      }
    }
    if (passages.isEmpty()) {
      throw new BuildException("--docs: no page of " + folder + " says anything");
    }
    byte[] zip = IndexZip.of(passages, version, cut.digest());
    return new IndexBuild(
        version, zip, pages, passages.size(), redirects, List.copyOf(empty), folder.missing());
  }

  /**
   * Writes the zip.
   *
   * @throws BuildException if it is larger than the gateway reads
   */
  void write(Path file) throws IOException, BuildException {
    if (zip.length > IndexFormat.MOST_BYTES) {
      throw new BuildException(
          "the index would be %s, and at most %s are read: leave folders out with --exclude, such as development"
              .formatted(megabytes(zip.length), megabytes(IndexFormat.MOST_BYTES)));
    }
    try {
      Files.write(file, zip);
    } catch (NoSuchFileException e) {
      throw new BuildException("--out: there is no folder for " + file);
    }
  }

  /** What was done, in lines. */
  List<String> summary(String name, Path file) {
    List<String> lines = new ArrayList<>();
    lines.add("GitLab %s: %s, %d passages".formatted(version, counted(pages), passages));
    if (redirects > 0) {
      lines.add("left out: %s leading elsewhere".formatted(counted(redirects)));
    }
    if (!empty.isEmpty()) {
      lines.add("left out: %s without text: %s".formatted(counted(empty.size()), some(empty)));
    }
    if (!missing.isEmpty()) {
      lines.add("included by pages, but not there: " + some(List.copyOf(missing)));
    }
    lines.add("index " + name);
    lines.add(
        "%s: %s (at most %s), SHA-256 %s"
            .formatted(
                file, megabytes(zip.length), megabytes(IndexFormat.MOST_BYTES), sha256(zip)));
    return lines;
  }

  private static String counted(int pages) {
    return pages == 1 ? "1 page" : pages + " pages";
  }

  private static String some(List<String> names) {
    String more = names.size() > MOST_NAMES ? ", ..." : "";
    return String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size()))) + more;
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / MEGABYTE);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
