package io.sluice.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SbomTest {

  @TempDir private Path folder;

  private Sbom bill(String json) throws Exception {
    return Sbom.read(Files.writeString(folder.resolve("bom.json"), json));
  }

  @Test
  void givenComponents_whenRead_thenEachIsKnownByItsHash() throws Exception {
    Sbom bill =
        bill(
            """
            {"metadata":{"component":{"name":"router","version":"1"}},
             "components":[{"name":"core","version":"2","hashes":[
               {"alg":"MD5","content":"m"},{"alg":"SHA-256","content":"abc"}]}, {"name":"x"}, 7]}
            """);

    Sbom whole = bill.describing("own").with("lib/trained-jars.jar", "trained");

    assertThat(bill.components()).containsOnlyKeys("abc").containsValue("core 2");
    assertThat(whole.components()).containsOnlyKeys("abc", "own", "trained");
    whole.write(folder.resolve("out.json"));
    assertThat(Sbom.read(folder.resolve("out.json"))).isEqualTo(whole);
  }

  @Test
  void givenNoBill_whenRead_thenRefused() {
    assertThatThrownBy(() -> bill("[]")).isInstanceOf(PackageException.class);
    assertThatThrownBy(() -> bill("{")).isInstanceOf(PackageException.class);
    assertThatThrownBy(() -> bill("{}").describing("x")).isInstanceOf(PackageException.class);
  }
}
