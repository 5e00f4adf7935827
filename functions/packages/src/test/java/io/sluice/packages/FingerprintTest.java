package io.sluice.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {

  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @Test
  void givenFiles_whenSummed_thenLinesAreThoseOfSha256sum(@TempDir Path folder) throws Exception {
    Files.createFile(folder.resolve("b"));
    Files.createFile(Files.createDirectory(folder.resolve("a")).resolve("c"));

    Fingerprint fingerprint = Fingerprint.of(folder);

    assertThat(fingerprint.text()).isEqualTo(EMPTY + "  a/c\n" + EMPTY + "  b\n");
    assertThat(Fingerprint.read(fingerprint.text())).isEqualTo(fingerprint);
    assertThat(fingerprint.under("x/").hashes()).containsOnlyKeys("x/a/c", "x/b");
  }

  @Test
  void givenTwo_whenCompared_thenWhatIsNewGoneOrOtherIsNamed() {
    Fingerprint one = new Fingerprint(Map.of("same", "1", "other", "2", "gone", "3"));
    Fingerprint two = new Fingerprint(Map.of("same", "1", "other", "x", "new", "4"));

    assertThat(one.differences(two)).containsExactly("gone", "new", "other");
    assertThat(one.differences(one)).isEmpty();
  }

  @Test
  void givenAnotherText_whenRead_thenItIsRefused() {
    assertThatThrownBy(() -> Fingerprint.read("abc"))
        .isInstanceOf(PackageException.class)
        .hasMessageContaining("abc");
  }
}
