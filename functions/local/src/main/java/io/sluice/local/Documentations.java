package io.sluice.local;

import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLog;
import io.sluice.docs.DocsIndex;
import io.sluice.docs.Documentation;
import java.io.IOException;
import java.nio.file.Path;

/** The documentation that the flags name. */
final class Documentations {

  private Documentations() {}

  /**
   * Opens it: a host that is there to stay finds out at its start.
   *
   * @throws StartupException if there is no such index
   */
  static Documentation open(Settings settings, JsonLog log) throws StartupException {
    Path file = settings.docsIndex();
    if (file == null) {
      return Documentation.NONE;
    }
    try {
      DocsIndex index = DocsIndex.open(file);
      log.line(
          JsonLog.Level.INFO,
          "gateway",
          "documentation search has an index",
          JsonObject.builder().put("index", index.name()).put("passages", index.size()).build());
      return index;
    } catch (IOException e) {
      throw new StartupException(
          "--docs-index", "can't read %s: %s".formatted(file, DataDirectory.reason(e)));
    }
  }
}
