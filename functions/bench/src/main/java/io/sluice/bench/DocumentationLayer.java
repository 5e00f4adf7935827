package io.sluice.bench;

import io.sluice.docsindex.DocsIndexMain;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The index of the golden documentation, as a layer unpacks it. */
final class DocumentationLayer {

  private DocumentationLayer() {}

  /** The folder that {@code SLUICE_DOCS_INDEX} names; it is gone when this JVM ends. */
  static Path folder() {
    return Common.FOLDER;
  }

  private static final class Common {
    static final Path FOLDER = make();

    private Common() {}

    private static Path make() {
      try {
        Path folder = Files.createTempDirectory("sluice-docs");
        Path zip = folder.resolve("index.zip");
        StringWriter said = new StringWriter();
        String[] arguments = {
          "--docs", GoldenEvents.DOCUMENTATION.toString(), "--version", "18.9.0", "--out", zip + ""
        };
        PrintWriter output = new PrintWriter(said);
        if (DocsIndexMain.run(arguments, output, output) != 0) {
          throw new IllegalStateException("the golden documentation has no index: " + said);
        }
        UnpackedZip.of(zip, folder);
        endWithThisProcess(folder);
        return folder.resolve("docs");
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException("the index of the golden documentation can't be made", e);
      }
    }

    private static void endWithThisProcess(Path folder) throws IOException {
      List<Path> all;
      try (Stream<Path> files = Files.walk(folder)) {
        all = files.sorted(Comparator.naturalOrder()).toList(); // deleted in the reverse order
      }
      all.forEach(file -> file.toFile().deleteOnExit());
    }
  }
}
