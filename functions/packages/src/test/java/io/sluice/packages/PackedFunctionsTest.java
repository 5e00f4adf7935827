package io.sluice.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The zips as they are uploaded; run once they are packed. */
class PackedFunctionsTest {

  private static final Workspace WORKSPACE = new Workspace(Path.of("../.."));
  private static final PackageCheck CHECK = new PackageCheck(WORKSPACE.layerZip());

  @TempDir private Path folder;

  static Stream<String> functions() {
    return Packages.FUNCTIONS.stream();
  }

  static Stream<String> managed() {
    return Packages.MANAGED.stream();
  }

  @Test
  void givenTheLayer_whenRead_thenItIsInOrder() throws Exception {
    assertThat(CHECK.layerFaults()).isEmpty();
    NativeFiles files = NativeFiles.of(new PackedZip(WORKSPACE.layerZip()));
    assertThat(files.files()).containsKeys("java/bin/java", "java/lib/server/libjvm.so");
    assertThat(files.faults()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void givenAFunction_whenRead_thenItIsInOrder(String function) throws Exception {
    assertThat(CHECK.faults(WORKSPACE.zip(function))).isEmpty();
    assertThat(NativeFiles.of(new PackedZip(WORKSPACE.zip(function))).files()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("managed")
  void givenAFunctionOnAwsRuntime_whenRead_thenItIsInOrder(String function) throws Exception {
    assertThat(CHECK.managedFaults(WORKSPACE.zip(function))).isEmpty();
  }

  /** AOTMode=on refuses to start with a cache that the JVM rejects. */
  @ParameterizedTest
  @MethodSource("functions")
  void givenAFunction_whenUnpackedElsewhere_thenTheJvmTakesItsCache(String function)
      throws Exception {
    Path opt = Files.createDirectory(folder.resolve("opt"));
    Path task = Files.createDirectory(folder.resolve("task"));
    Unzipped.by(WORKSPACE.layerZip().toRealPath(), opt, "UTC", "022");
    Unzipped.by(WORKSPACE.zip(function).toRealPath(), task, "Asia/Kathmandu", "027");
    Process java =
        new ProcessBuilder(
                opt.resolve("java/bin/java").toString(),
                "-XX:AOTMode=on",
                "-XX:AOTCache=function.aot",
                "@java.options",
                "-version")
            .directory(task.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(java.getInputStream().readAllBytes(), UTF_8);
    assertThat(java.waitFor()).as(said).isZero();
  }

  private static final java.nio.charset.Charset UTF_8 = java.nio.charset.StandardCharsets.UTF_8;

  @ParameterizedTest
  @MethodSource("functions")
  void givenAFunctionsJars_whenJdepsReadsThem_thenTheLayerHasTheModules(String function)
      throws Exception {
    new PackedZip(WORKSPACE.zip(function)).unpack(folder);
    StringWriter output = new StringWriter();
    PrintWriter writer = new PrintWriter(output);
    List<String> arguments =
        Stream.concat(
                Stream.of("--ignore-missing-deps", "--multi-release", "25", "--print-module-deps"),
                new FunctionStage(folder)
                    .jars().stream().map(jar -> folder.resolve(jar).toString()))
            .toList();
    ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
    assertThat(jdeps.run(writer, writer, arguments.toArray(String[]::new))).isZero();
    assertThat(output.toString().strip().split(",", -1))
        .isSubsetOf(Stream.concat(Layer.MODULES.stream(), Layer.DISPENSABLE.stream()).toList());
  }
}
