package io.sluice.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What must be true of zips before they are uploaded, read from the zips themselves.
 *
 * @param layer the layer's zip
 */
record PackageCheck(Path layer) {

  private static final long MEGABYTE = 1024 * 1024;
  static final long MOST_LAYER_BYTES = 40 * MEGABYTE;
  static final long MOST_ZIP_BYTES = 60 * MEGABYTE;

  /** Lambda's limit for a function with its layers (Lambda quotas). */
  static final long MOST_UNPACKED_BYTES = 250 * MEGABYTE;

  /** Everything that is wrong with the layer; empty when all is well. */
  List<String> layerFaults() throws IOException {
    List<String> faults = new ArrayList<>();
    PackedZip zip = new PackedZip(layer);
    limit(faults, "the layer", zip.bytes(), MOST_LAYER_BYTES);
    faults.addAll(NativeFiles.of(zip).faults());
    billed(faults, layer, zip.contents().hashes(), "");
    return List.copyOf(faults);
  }

  /** Everything that is wrong with a function's zip; empty when all is well. */
  List<String> faults(Path file) throws IOException {
    List<String> faults = new ArrayList<>();
    PackedZip zip = new PackedZip(file);
    limit(faults, file.getFileName().toString(), zip.bytes(), MOST_ZIP_BYTES);
    limit(
        faults,
        file.getFileName() + " and the layer, unpacked,",
        zip.unpackedBytes() + new PackedZip(layer).unpackedBytes(),
        MOST_UNPACKED_BYTES);
    Path folder = Files.createTempDirectory("sluice-check");
    try {
      zip.unpack(folder);
      new FunctionStage(folder).require(layer);
    } catch (PackageException e) {
      faults.add(file + ": " + e.getMessage());
    } finally {
      Folders.delete(folder);
    }
    faults.addAll(NativeFiles.of(zip).faults());
    billed(faults, file, zip.contents().hashes(), ".jar");
    return List.copyOf(faults);
  }

  /** Everything that is wrong with the zip of a function on AWS's own runtime. */
  List<String> managedFaults(Path file) throws IOException {
    List<String> faults = new ArrayList<>();
    PackedZip zip = new PackedZip(file);
    limit(faults, file.getFileName().toString(), zip.bytes(), MOST_ZIP_BYTES);
    limit(faults, file.getFileName() + ", unpacked,", zip.unpackedBytes(), MOST_UNPACKED_BYTES);
    faults.addAll(NativeFiles.of(zip).faults());
    billed(faults, file, zip.contents().hashes(), ".jar");
    return List.copyOf(faults);
  }

  private static void limit(List<String> faults, String what, long bytes, long most) {
    if (bytes > most) {
      faults.add(
          "%s takes %d MB; at most %d are allowed"
              .formatted(what, (bytes + MEGABYTE - 1) / MEGABYTE, most / MEGABYTE));
    }
  }

  /** Every file whose name ends so is in the bill of materials. */
  private static void billed(
      List<String> faults, Path zip, Map<String, String> contents, String end) throws IOException {
    Path bill = Workspace.bill(zip);
    if (!Files.exists(bill)) {
      faults.add(zip + " has no bill of materials " + bill.getFileName());
      return;
    }
    Map<String, String> components = Sbom.read(bill).components();
    contents.forEach(
        (name, hash) -> {
          if (name.endsWith(end) && !components.containsKey(hash)) {
            faults.add("%s has %s, which %s doesn't know".formatted(zip, name, bill.getFileName()));
          }
        });
  }
}
