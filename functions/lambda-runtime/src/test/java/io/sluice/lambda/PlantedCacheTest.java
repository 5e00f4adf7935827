package io.sluice.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.sluice.testing.RuntimeApiStub;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A function with a real AOT cache, started by the bootstrap: which caches are noticed. */
class PlantedCacheTest {

  private static final String CLASS_PATH =
      String.join(
          ":", "lib/handler.jar", "lib/interfaces.jar", "lib/runtime.jar", TrainedJarsWriter.JAR);

  @TempDir private Path folder;

  @Test
  void givenACache_whenAnotherOneIsPlanted_thenTheFunctionStartsFromItsJarsAndSaysSo()
      throws Exception {
    Path task = layOut("one");
    run(task, java("-cp", CLASS_PATH, TrainedJarsWriter.class.getName()));
    train(task);

    assertThat(answer(task)).isEqualTo("one");
    assertThat(log()).doesNotContain("aot_cache");

    Files.write(task.resolve("lib/handler.jar"), jar("io/sluice/Answer.class", handler("two")));
    assertThat(answer(task)).isEqualTo("two");
    assertThat(log())
        .containsOnlyOnce("\"aot_cache\":\"rejected\"")
        .contains("made from other jars")
        .doesNotContain("[warning]");

    Path cache = task.resolve("function.aot");
    Files.write(cache, java.util.Arrays.copyOf(Files.readAllBytes(cache), 100_000));
    assertThat(answer(task)).isEqualTo("two");
    assertThat(log())
        .containsOnlyOnce(
            "\"aot_cache\":\"rejected\",\"reason\":\"The AOT cache has been truncated.\"")
        .doesNotContain("[error]");

    Files.delete(cache);
    assertThat(answer(task)).isEqualTo("two");
    assertThat(log()).containsOnlyOnce("\"aot_cache\":\"missing\"").doesNotContain("[error]");
  }

  private Path layOut(String answer) throws Exception {
    Path task = folder.resolve("task");
    Path lib = Files.createDirectories(task.resolve("lib"));
    Files.write(lib.resolve("handler.jar"), jar("io/sluice/Answer.class", handler(answer)));
    Files.copy(codeOf(RequestStreamHandler.class), lib.resolve("interfaces.jar"));
    Files.write(lib.resolve("runtime.jar"), jarOf(codeOf(LambdaRuntime.class)));
    Files.writeString(
        task.resolve("java.options"),
        "-XX:+UseSerialGC\n-XX:TieredStopAtLevel=1\n-cp\n" + CLASS_PATH + "\n");
    Path layer = Files.createDirectory(folder.resolve("opt"));
    Files.createSymbolicLink(layer.resolve("java"), Path.of(System.getProperty("java.home")));
    Files.copy(Path.of("src/main/layer/bootstrap"), layer.resolve("bootstrap"));
    return task;
  }

  private void train(Path task) throws Exception {
    Process process;
    try (RuntimeApiStub api = RuntimeApiStub.start()) {
      process =
          start(
              task,
              api,
              java(
                  "-XX:AOTMode=record",
                  "-XX:AOTConfiguration=aotconf",
                  "@java.options",
                  LambdaRuntime.class.getName()));
      api.invoke(new byte[0]).await();
    } // the Runtime API is gone: the JVM ends and writes its record
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    run(
        task,
        java(
            "-XX:AOTMode=create",
            "-XX:AOTConfiguration=aotconf",
            "-XX:AOTCache=function.aot",
            "@java.options"));
  }

  private String answer(Path task) throws Exception {
    try (RuntimeApiStub api = RuntimeApiStub.start()) {
      Process process =
          start(task, api, List.of("/bin/sh", folder.resolve("opt/bootstrap").toString()));
      try {
        return api.invoke(new byte[0]).await().text();
      } finally {
        process.destroyForcibly();
      }
    }
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  private static List<String> java(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private void run(Path task, List<String> command) throws Exception {
    try (RuntimeApiStub api = RuntimeApiStub.start()) {
      Process process = start(task, api, command);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(log()).isZero();
    }
  }

  private Process start(Path task, RuntimeApiStub api, List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(task.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    builder.environment().clear();
    builder.environment().put("LAMBDA_TASK_ROOT", task.toString());
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.authority());
    builder.environment().put("_HANDLER", "io.sluice.Answer");
    return builder.start();
  }

  /** A handler that answers with that word. */
  private static byte[] handler(String word) {
    ClassDesc out = ClassDesc.of(OutputStream.class.getName());
    ClassDesc in = ClassDesc.of(java.io.InputStream.class.getName());
    MethodTypeDesc bytes = MethodTypeDesc.of(ConstantDescs.CD_byte.arrayType());
    return ClassFile.of()
        .build(
            ClassDesc.of("io.sluice.Answer"),
            type ->
                type.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL)
                    .withInterfaceSymbols(ClassDesc.of(RequestStreamHandler.class.getName()))
                    .withMethodBody(
                        ConstantDescs.INIT_NAME,
                        ConstantDescs.MTD_void,
                        ClassFile.ACC_PUBLIC,
                        code ->
                            code.aload(0)
                                .invokespecial(
                                    ConstantDescs.CD_Object,
                                    ConstantDescs.INIT_NAME,
                                    ConstantDescs.MTD_void)
                                .return_())
                    .withMethodBody(
                        "handleRequest",
                        MethodTypeDesc.of(
                            ConstantDescs.CD_void, in, out, ClassDesc.of(Context.class.getName())),
                        ClassFile.ACC_PUBLIC,
                        code ->
                            code.aload(2)
                                .loadConstant(word)
                                .invokevirtual(ConstantDescs.CD_String, "getBytes", bytes)
                                .invokevirtual(
                                    out,
                                    "write",
                                    MethodTypeDesc.of(
                                        ConstantDescs.CD_void, ConstantDescs.CD_byte.arrayType()))
                                .return_()));
  }

  private static Path codeOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** A folder of classes as a jar. */
  private static byte[] jarOf(Path classes) throws IOException {
    java.io.ByteArrayOutputStream jar = new java.io.ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(jar);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        zip.write(Files.readAllBytes(file));
      }
    }
    return jar.toByteArray();
  }

  private static byte[] jar(String name, byte[] content) throws IOException {
    java.io.ByteArrayOutputStream jar = new java.io.ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(jar)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    return jar.toByteArray();
  }
}
