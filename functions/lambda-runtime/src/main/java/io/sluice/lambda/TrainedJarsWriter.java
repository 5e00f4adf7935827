package io.sluice.lambda;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes, when a function is packed, the jar whose one class gives the fingerprint of the other
 * jars. The training run puts that class into the AOT cache with all others, and a start with the
 * cache takes it from there: so it tells which jars the <em>cache</em> was made from.
 */
public final class TrainedJarsWriter {

  /** Where the jar lies, as the class path names it. */
  static final String JAR = "lib/trained-jars.jar";

  /** The class: a {@link Supplier} of the fingerprint. */
  static final String CLASS = "io.sluice.lambda.TrainedJars";

  private TrainedJarsWriter() {}

  /**
   * Writes {@code lib/trained-jars.jar} for the class path it is started with, whose entries are
   * named relative to the working folder. The same jars give the same bytes.
   *
   * @throws IOException if a jar can't be read or the new one not written
   */
  public static void main(String[] arguments) throws IOException {
    Files.write(Path.of(JAR), jarOf(System.getProperty("java.class.path")));
  }

  /** The jar for those other jars. */
  static byte[] jarOf(String classPath) throws IOException {
    byte[] made = classFile(JarFingerprint.of(classPath));
    ByteArrayOutputStream jar = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(jar)) {
      ZipEntry entry = new ZipEntry(CLASS.replace('.', '/') + ".class");
      entry.setTimeLocal(LocalDateTime.of(2026, 11, 1, 0, 0));
      zip.putNextEntry(entry);
      zip.write(made);
      zip.closeEntry();
    }
    return jar.toByteArray();
  }

  private static byte[] classFile(String fingerprint) {
    return ClassFile.of()
        .build(
            ClassDesc.of(CLASS),
            type ->
                type.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL)
                    .withInterfaceSymbols(ClassDesc.of(Supplier.class.getName()))
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
                        "get",
                        MethodTypeDesc.of(ConstantDescs.CD_Object),
                        ClassFile.ACC_PUBLIC,
                        code -> code.loadConstant(fingerprint).areturn()));
  }
}
