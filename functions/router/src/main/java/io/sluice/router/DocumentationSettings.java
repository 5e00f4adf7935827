package io.sluice.router;

import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLog;
import io.sluice.docs.DocsIndex;
import io.sluice.docs.Documentation;
import io.sluice.docs.LazyDocumentation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Where a function's index of the documentation is: {@code SLUICE_DOCS_INDEX} names the folder that
 * a layer unpacked it to, or its zip; empty, there is none.
 */
public final class DocumentationSettings {

  private static final String INDEX = "SLUICE_DOCS_INDEX";

  private DocumentationSettings() {}

  /** The documentation of those variables. Nothing is opened or loaded before the first search. */
  public static Documentation of(Map<String, String> environment, JsonLog log) {
    String index = environment.getOrDefault(INDEX, "");
    return index.isBlank() ? Documentation.NONE : new LazyDocumentation(() -> open(index, log));
  }

  private static DocsIndex open(String where, JsonLog log) throws IOException {
    long start = System.nanoTime();
    try {
      DocsIndex index = DocsIndex.open(Path.of(where));
      log.line(
          JsonLog.Level.INFO,
          "documentation",
          "opened the index of the documentation",
          JsonObject.builder()
              .put("index", index.name())
              .put("passages", index.size())
              .put("duration_ms", Duration.ofNanos(System.nanoTime() - start).toMillis())
              .build());
      return index;
    } catch (IOException e) {
      String message = INDEX + ": can't read " + where + ": " + e.getMessage();
      log.line(
          JsonLog.Level.ERROR,
          "documentation",
          "the index of the documentation can't be opened",
          JsonObject.builder().put("error_detail", message).build());
      throw new IOException(message, e);
    }
  }
}
