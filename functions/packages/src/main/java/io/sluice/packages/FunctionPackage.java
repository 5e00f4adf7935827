package io.sluice.packages;

import io.sluice.bench.TrainingRun;
import io.sluice.testing.RuntimeApiStub;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The zip of a request-path function.
 *
 * @param workspace where it is made
 * @param function the module's name
 * @param training has the function work
 */
record FunctionPackage(Workspace workspace, String function, Training training) {

  /** Makes the zip unless it is there, made of the same. */
  void pack() throws IOException, InterruptedException {
    Path zip = workspace.zip(function);
    List<Path> jars = jars();
    Path options = workspace.layerSource().resolve(FunctionStage.OPTIONS);
    Inputs inputs = new Inputs(zip, inputs(jars, options));
    if (inputs.unchanged()) {
      Progress.say(function + " is as it was");
      return;
    }
    Progress.say("training " + function);
    Path target = workspace.target(function);
    FunctionStage stage = FunctionStage.lay(target.resolve("package"), jars, options);
    AotCache cache =
        new AotCache(
            function, stage.folder(), workspace.layer(), target.resolve("training.log"), training);
    cache.sumJars();
    ReproducibleZip.setTimes(stage.folder());
    Fingerprint before = stage.fingerprint(workspace.layerZip());
    cache.make();
    stage.seal(before);
    stage.require(workspace.layerZip()); // nothing changed while the cache was made
    ReproducibleZip.setTimes(stage.folder());
    bill(jars.getFirst(), stage).write(Workspace.bill(zip));
    ReproducibleZip.pack(stage.folder(), zip);
    inputs.written();
  }

  /** The function's own jar first, then those of its class path. */
  private List<Path> jars() throws IOException {
    Path target = workspace.target(function);
    Path own = target.resolve(function + ".jar");
    Path classPath = target.resolve("class-path.txt");
    if (!Files.exists(own) || !Files.exists(classPath)) {
      throw new PackageException(
          own + " or " + classPath + " is missing: build first (./mvnw package)");
    }
    List<Path> jars = new ArrayList<>();
    jars.add(own);
    String all = Files.readString(classPath).strip();
    for (String jar : all.split(Pattern.quote(File.pathSeparator), -1)) {
      if (!jar.endsWith(".jar")) {
        throw new PackageException(
            "%s depends on %s, which is no jar yet: let Maven package what it depends on too (-am)"
                .formatted(function, jar));
      }
      jars.add(Path.of(jar));
    }
    return List.copyOf(jars);
  }

  private Fingerprint inputs(List<Path> jars, Path options) throws IOException {
    Fingerprint inputs =
        new Fingerprint(Map.of())
            .with("layer", Sha256.of(workspace.layerZip()))
            .with("options", Sha256.of(options))
            .with("packer", Recipe.sha256())
            .with("training", Recipe.sha256(TrainingRun.class))
            .with("surroundings", Recipe.sha256(RuntimeApiStub.class))
            .with("events", Sha256.of(Fingerprint.of(workspace.root().resolve("events")).text()))
            .with("bill", Sha256.of(rawBill()));
    for (Path jar : jars) {
      inputs = inputs.with("lib/" + jar.getFileName(), Sha256.of(jar));
    }
    return inputs;
  }

  private Path rawBill() {
    Path bill = workspace.target(function).resolve("bom.json");
    if (!Files.exists(bill)) {
      throw new PackageException(bill + " is missing: build first, not with -o (./mvnw package)");
    }
    return bill;
  }

  private Sbom bill(Path own, FunctionStage stage) throws IOException {
    String trained = FunctionStage.TRAINED_JARS;
    return Sbom.read(rawBill())
        .describing(Sha256.of(own))
        .with(trained, Sha256.of(stage.folder().resolve(trained)));
  }
}
