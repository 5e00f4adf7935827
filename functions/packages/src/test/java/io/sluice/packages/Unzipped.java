package io.sluice.packages;

import java.io.IOException;
import java.nio.file.Path;

/** What another program makes of a zip. */
final class Unzipped {

  private Unzipped() {}

  /** Unpacks with Info-ZIP, in that time zone and with that umask. */
  static void by(Path zip, Path to, String timeZone, String umask)
      throws IOException, InterruptedException {
    ProcessBuilder unzip =
        new ProcessBuilder("sh", "-c", "umask " + umask + " && exec unzip -q " + zip + " -d " + to)
            .inheritIO();
    unzip.environment().put("TZ", timeZone);
    if (unzip.start().waitFor() != 0) {
      throw new IOException("can't unzip " + zip);
    }
  }
}
