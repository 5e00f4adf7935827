package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The packaged functions and their layer, each as Lambda unpacks it.
 *
 * @param folder where they lie
 * @param core the core that they are started on
 */
record UnpackedFunctions(Path folder, int core) {

  /** Unpacks the layer and these functions. */
  static UnpackedFunctions into(Path folder, int core, List<String> functions)
      throws IOException, InterruptedException {
    UnpackedZip.of(
        Path.of("functions/lambda-runtime/target/lambda-runtime-layer.zip"), folder.resolve("opt"));
    for (String name : functions) {
      UnpackedZip.of(Path.of("functions", name, "target", name + ".zip"), folder.resolve(name));
    }
    return new UnpackedFunctions(folder, core);
  }

  Path root(String function) {
    return folder.resolve(function);
  }

  /** Takes what a function's process prints. */
  Path log(String function) {
    return folder.resolve(function + ".log");
  }

  /** The command that starts any of them on the core. */
  List<String> command() {
    return List.of(
        "taskset", "-c", Integer.toString(core), folder.resolve("opt/bootstrap").toString());
  }
}
