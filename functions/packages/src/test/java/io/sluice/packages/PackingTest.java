package io.sluice.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import io.sluice.lambda.LambdaRuntime;
import io.sluice.testing.RuntimeApiStub;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A layer and a small function, packed as the real ones are. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PackingTest {

  private static final Path LAYER_SOURCE = Path.of("../lambda-runtime/src/main/layer");

  @TempDir private static Path root;

  private static Workspace workspace = new Workspace(Path.of(""));
  private static Path zip = Path.of("");

  @BeforeAll
  static void packed() throws Exception {
    workspace = new Workspace(root);
    zip = workspace.zip("echo");
    Files.createDirectories(workspace.layerSource());
    Files.createDirectories(workspace.target("lambda-runtime"));
    Files.createDirectories(workspace.target("echo"));
    Files.createDirectory(root.resolve("events"));
    for (String file : List.of("bootstrap", "java.options", "jdk.properties")) {
      Files.copy(LAYER_SOURCE.resolve(file), workspace.layerSource().resolve(file));
    }
    jar(EchoFunction.class, workspace.target("echo").resolve("echo.jar"));
    Path runtime = jar(LambdaRuntime.class, root.resolve("lambda-runtime.jar"));
    Path core = jar(Context.class, root.resolve("aws-lambda-java-core.jar"));
    Files.writeString(
        workspace.target("echo").resolve("class-path.txt"), runtime + File.pathSeparator + core);
    Files.writeString(
        workspace.target("echo").resolve("bom.json"),
        """
        {"metadata":{"component":{"name":"echo","version":"1"}},"components":[
          {"name":"lambda-runtime","hashes":[{"alg":"SHA-256","content":"%s"}]},
          {"name":"aws-lambda-java-core","hashes":[{"alg":"SHA-256","content":"%s"}]}]}
        """
            .formatted(Sha256.of(runtime), Sha256.of(core)));
    layer();
    function();
  }

  /** The jar that a class is from; where it is from a folder, that folder as a jar. */
  private static Path jar(Class<?> type, Path to) throws IOException, URISyntaxException {
    Path from = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isDirectory(from)) {
      ReproducibleZip.pack(from, to);
    } else {
      Files.copy(from, to);
    }
    return to;
  }

  private static void layer() throws IOException, InterruptedException {
    JdkPin pin = JdkPin.read(workspace.layerSource().resolve("jdk.properties"));
    new Layer(workspace, JdkBuild.running()).pack(pin);
  }

  private static void function() throws IOException, InterruptedException {
    new FunctionPackage(workspace, "echo", PackingTest::train).pack();
  }

  private static void train(String function, Path taskRoot, List<String> command, Path log)
      throws IOException, InterruptedException {
    RuntimeApiStub api = RuntimeApiStub.start();
    Process process = start(command, taskRoot, api, log);
    assertThat(api.invoke(new byte[] {'{', '}'}).await().text()).isEqualTo("{}");
    api.close();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  private static Process start(List<String> command, Path taskRoot, RuntimeApiStub api, Path log)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(taskRoot.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment(taskRoot, api));
    return builder.start();
  }

  private static Map<String, String> environment(Path taskRoot, RuntimeApiStub api) {
    return Map.of(
        "_HANDLER",
        EchoFunction.class.getName(),
        "LAMBDA_TASK_ROOT",
        taskRoot.toString(),
        "AWS_LAMBDA_RUNTIME_API",
        api.authority(),
        "AWS_LAMBDA_FUNCTION_NAME",
        "echo",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "512");
  }

  private static PackageCheck check() {
    return new PackageCheck(workspace.layerZip());
  }

  /** Starts the function as Lambda would; what it logged. */
  private static String started(Path taskRoot) throws IOException, InterruptedException {
    Path log = Files.createTempFile(root, "echo", ".log");
    try (RuntimeApiStub api = RuntimeApiStub.start()) {
      String bootstrap = workspace.layer().resolve("bootstrap").toString();
      Process process = start(List.of(bootstrap), taskRoot, api, log);
      try {
        assertThat(api.invoke("\"hello\"".getBytes(StandardCharsets.UTF_8)).await().text())
            .isEqualTo("\"hello\"");
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
    return Files.readString(log);
  }

  private static Path unpacked(String name) throws IOException {
    Path folder = Files.createDirectory(root.resolve(name));
    new PackedZip(zip).unpack(folder);
    return folder;
  }

  @Test
  @Order(1)
  void givenTheLayer_whenChecked_thenItIsInOrderAndHoldsTheJdkItWasLinkedFrom() throws Exception {
    assertThat(check().layerFaults()).isEmpty();
    Sbom bill = Sbom.read(Workspace.bill(workspace.layerZip()));
    assertThat(bill.document().toString()).contains("temurin", JdkBuild.running().version());
    assertThat(new PackedZip(workspace.layerZip()).contents().hashes())
        .containsKeys("bootstrap", "java/bin/java", "java/lib/server/libjvm.so");
  }

  @Test
  @Order(1)
  void givenTheLayersRuntime_whenItSpeaksTlsWithEllipticCurves_thenItCan() throws Exception {
    Path store = root.resolve("tls.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    run(
        List.of(
            keytool,
            "-genkeypair",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=x",
            "-alias",
            "x",
            "-storepass",
            "secret",
            "-keystore",
            store.toString()));

    String java = workspace.layer().resolve("java/bin/java").toString();
    Path code = workspace.target("echo").resolve("echo.jar");
    assertThat(
            run(
                List.of(
                    java,
                    "-cp",
                    code.toString(),
                    TlsHandshake.class.getName(),
                    store.toString(),
                    "secret")))
        .contains("TLSv1.3 EC");
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  @Order(1)
  void givenTheFunction_whenChecked_thenItIsInOrder() throws Exception {
    assertThat(check().faults(zip)).isEmpty();
    assertThat(new PackedZip(zip).contents().hashes().keySet())
        .containsExactly(
            "function.aot",
            "function.aot.sha256",
            "java.options",
            "lib/aws-lambda-java-core.jar",
            "lib/echo.jar",
            "lib/lambda-runtime.jar",
            "lib/trained-jars.jar");
  }

  @Test
  @Order(1)
  void givenAnotherZoneUmaskAndNoTimes_whenUnpacked_thenTheCacheIsUsed() throws Exception {
    Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
    Unzipped.by(zip, elsewhere, "Pacific/Auckland", "077");

    assertThat(started(elsewhere)).doesNotContain("aot_cache");
    assertThat(started(unpacked("now"))).doesNotContain("aot_cache"); // times of this moment
  }

  @Test
  @Order(1)
  void givenAClassChangedWithoutTraining_whenChecked_thenThePackageIsRefused() throws Exception {
    Path stale = unpacked("stale");
    Path classes = Files.createDirectory(root.resolve("classes"));
    new PackedZip(stale.resolve("lib/echo.jar")).unpack(classes);
    Path changed = classes.resolve("io/sluice/packages/EchoFunction.class");
    byte[] bytes = Files.readAllBytes(changed);
    bytes[7]++; // the class file's version
    Files.write(changed, bytes);
    ReproducibleZip.pack(classes, stale.resolve("lib/echo.jar"));

    assertThatThrownBy(() -> new FunctionStage(stale).require(workspace.layerZip()))
        .isInstanceOf(PackageException.class)
        .hasMessageContaining("lib/echo.jar changed")
        .hasMessageContaining("scripts/package");
    Path repacked = root.resolve("stale.zip");
    ReproducibleZip.pack(stale, repacked);
    Files.copy(Workspace.bill(zip), Workspace.bill(repacked));
    assertThat(check().faults(repacked))
        .anyMatch(fault -> fault.contains("lib/echo.jar changed"))
        .anyMatch(fault -> fault.contains("stale.cdx.json doesn't know"));
  }

  @Test
  @Order(1)
  void givenAnotherCacheOptionsOrLayer_whenChecked_thenThePackageIsRefused() throws Exception {
    Path other = unpacked("other");
    Files.writeString(other.resolve("java.options"), "-Xmx1g\n");
    Files.write(other.resolve("function.aot"), new byte[1]);
    assertThatThrownBy(() -> new FunctionStage(other).require(workspace.layerZip()))
        .hasMessageContaining("function.aot, java.options changed");
    assertThatThrownBy(() -> new FunctionStage(unpacked("layer")).require(zip))
        .hasMessageContaining("lambda-runtime-layer.zip changed");
    Files.delete(other.resolve("function.aot"));
    assertThatThrownBy(() -> new FunctionStage(other).require(workspace.layerZip()))
        .hasMessageContaining("no AOT cache");
  }

  @Test
  @Order(2)
  void givenNothingNew_whenPackedAgain_thenNothingIsMade() throws Exception {
    String before = Sha256.of(zip);
    layer();
    new FunctionPackage(
            workspace,
            "echo",
            (f, t, c, l) -> {
              throw new AssertionError();
            })
        .pack();
    assertThat(Sha256.of(zip)).isEqualTo(before);
  }

  @Test
  @Order(3)
  void givenTheSameInputs_whenPackedAnew_thenOnlyTheCacheMayDiffer() throws Exception {
    String layer = Sha256.of(workspace.layerZip());
    Fingerprint layerContents = new PackedZip(workspace.layerZip()).contents();
    Map<String, String> before = new PackedZip(zip).contents().hashes();
    String bill = Files.readString(Workspace.bill(zip));
    String layerBill = Files.readString(Workspace.bill(workspace.layerZip()));
    Files.delete(Workspace.inputs(workspace.layerZip()));
    Files.delete(Workspace.inputs(zip));
    layer();
    function();

    assertThat(new PackedZip(workspace.layerZip()).contents()).isEqualTo(layerContents);
    assertThat(Sha256.of(workspace.layerZip())).isEqualTo(layer);
    assertThat(Files.readString(Workspace.bill(workspace.layerZip()))).isEqualTo(layerBill);
    assertThat(Files.readString(Workspace.bill(zip))).isEqualTo(bill);
    assertThat(withoutCache(new PackedZip(zip).contents().hashes()))
        .isEqualTo(withoutCache(before));
  }

  private static Map<String, String> withoutCache(Map<String, String> hashes) {
    Map<String, String> rest = new TreeMap<>(hashes);
    rest.remove("function.aot");
    rest.remove("function.aot.sha256");
    return rest;
  }

  @Test
  @Order(4)
  void givenSomethingMissing_whenPacked_thenTheMessageSaysWhatToDo() throws Exception {
    Files.delete(Workspace.inputs(zip));
    assertThatThrownBy(
            () ->
                new FunctionPackage(
                        workspace, "echo", (f, t, c, log) -> Files.writeString(log, "idle"))
                    .pack())
        .hasMessageContaining("recorded nothing");
    Path target = workspace.target("echo");
    Files.writeString(target.resolve("class-path.txt"), "/x/target/classes");
    assertThatThrownBy(PackingTest::function).hasMessageContaining("is no jar yet");
    Files.delete(target.resolve("bom.json"));
    Files.writeString(target.resolve("class-path.txt"), root.resolve("lambda-runtime.jar") + "");
    assertThatThrownBy(PackingTest::function).hasMessageContaining("bom.json is missing");
    Files.delete(target.resolve("class-path.txt"));
    assertThatThrownBy(PackingTest::function).hasMessageContaining("build first");
    Files.delete(Workspace.bill(zip));
    assertThat(check().faults(zip)).anyMatch(fault -> fault.contains("has no bill of materials"));
    assertThat(check().managedFaults(zip)).hasSize(1);
  }
}
