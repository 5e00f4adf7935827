package io.sluice.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a zip was made of, and the zip itself, written down beside it once it is whole: so a zip is
 * made again exactly when something that goes into it is new, or when the zip was touched.
 *
 * @param zip what is made
 * @param of everything that goes in
 */
record Inputs(Path zip, Fingerprint of) {

  boolean unchanged() throws IOException {
    Path file = Workspace.inputs(zip);
    return Files.exists(file)
        && Files.exists(zip)
        && Files.exists(Workspace.bill(zip))
        && Files.readString(file).equals(withResult().text());
  }

  void written() throws IOException {
    Files.writeString(Workspace.inputs(zip), withResult().text());
  }

  private Fingerprint withResult() throws IOException {
    return of.with("zip", Sha256.of(zip));
  }
}
