package io.sluice.usertoken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.testing.TestKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The signing key of the local host. */
final class PemSigningKeyTest {

  @TempDir Path directory;

  @Test
  void givenNoFile_whenSeveralStartAtOnce_thenAllTakeOneNewKeyThatOnlyTheOwnerReads()
      throws Exception {
    Path file = directory.resolve("data").resolve("signing-key.pem");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<PemSigningKey> start = () -> PemSigningKey.loadOrCreate(file);
      List<Future<PemSigningKey>> keys = threads.invokeAll(List.of(start, start));

      assertThat(keys.get(0).get().publicKey()).isEqualTo(keys.get(1).get().publicKey());
    }

    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(PemSigningKey.load(file).publicKey().getModulus().bitLength()).isEqualTo(2048);
    try (var files = Files.list(directory.resolve("data"))) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void givenKey_whenItSigns_thenItsPublicHalfVerifies() throws Exception {
    PemSigningKey key = PemSigningKey.load(write(TestKey.create("a").pair().getPrivate()));
    byte[] input = {1, 2, 3};
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(key.publicKey());
    signature.update(input);

    assertThat(signature.verify(key.sign(input))).isTrue();
    assertThat(key).hasToString("RSA key of 2048 bits");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "-----BEGIN PRIVATE KEY-----\nAAAA",
        "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0\n-----END RSA PRIVATE KEY-----",
        "\u00e9"
      })
  void givenFile_whenItIsNoKey_thenTheMessageNamesItAndHoldsNoneOfIt(String content)
      throws Exception {
    Path file = Files.writeString(directory.resolve("key.pem"), content);

    assertThatThrownBy(() -> PemSigningKey.loadOrCreate(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + " is no signing key")
        .hasMessageNotContaining("c2VjcmV0")
        .hasNoCause();
  }

  @Test
  void givenSmallKey_whenLoaded_thenRefused() throws Exception {
    Path file = write(TestKey.create("small", 1024).pair().getPrivate());

    assertThatThrownBy(() -> PemSigningKey.load(file)).hasMessageContaining("2048");
  }

  @Test
  void givenFileIsAbsent_whenLoadedOnly_thenItFails() {
    assertThatThrownBy(() -> PemSigningKey.load(directory.resolve("absent.pem")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("absent.pem");
  }

  private Path write(PrivateKey key) throws IOException {
    return Files.writeString(
        directory.resolve("key.pem"),
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(key.getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
  }
}
