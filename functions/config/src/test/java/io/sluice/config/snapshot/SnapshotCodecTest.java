package io.sluice.config.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.Tables;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SnapshotCodecTest {

  private static final Snapshot SNAPSHOT =
      Tables.judged(
              Snapshot.EMPTY,
              Tables.model("a")
                  + """
                  ---
                  {kind: feature, name: duo_chat, targets: [{model: a}], sampling: {temperature: 0.50}}
                  ---
                  {kind: prompt, name: generate_commit_message/base, version: 1.0.0, template: "{{diff}}"}
                  """)
          .snapshot();
  private static final Map<String, String> TEMPLATES = SnapshotCodec.templates(SNAPSHOT);

  @Test
  void givenASnapshot_whenEncodedAndDecoded_thenItIsTheSame() throws IOException {
    Snapshot decoded = decode(SNAPSHOT.sha256(), SnapshotCodec.encode(SNAPSHOT), TEMPLATES);

    assertThat(decoded.number()).isEqualTo(7);
    assertThat(decoded.rows()).isEqualTo(SNAPSHOT.rows());
    assertThat(decoded.sha256()).isEqualTo(SNAPSHOT.sha256());
  }

  @Test
  void givenRowsInAnotherOrderAndSpelling_whenDigested_thenTheDigestIsTheSame() {
    String a = "{kind: feature, name: duo_chat, enabled: true, sampling: {temperature: 0.50}}";
    String b = "{sampling: {temperature: 5e-1}, name: duo_chat, enabled: true, kind: feature}";

    assertThat(Tables.judged(Snapshot.EMPTY, a).snapshot().sha256())
        .isEqualTo(Tables.judged(Snapshot.EMPTY, b).snapshot().sha256())
        .isNotEqualTo(Snapshot.EMPTY.sha256());
  }

  @Test
  void givenANewerFormat_whenDecoded_thenItIsRefused() {
    assertThatThrownBy(
            () -> SnapshotCodec.decode(7, 2, SNAPSHOT.sha256(), new byte[0], TEMPLATES::get))
        .isInstanceOf(UnknownFormatException.class)
        .hasMessageContaining("format 2");
  }

  @Test
  void givenContentThatIsNotWhole_whenDecoded_thenItIsRefused() {
    byte[] encoded = SnapshotCodec.encode(SNAPSHOT);

    assertThatThrownBy(() -> decode("0".repeat(64), encoded, TEMPLATES))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("digest");
    assertThatThrownBy(() -> decode(SNAPSHOT.sha256(), encoded, Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("template of prompt/generate_commit_message/base is missing");
    assertThatThrownBy(
            () -> decode(SNAPSHOT.sha256(), java.util.Arrays.copyOf(encoded, 20), TEMPLATES))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> decode(SNAPSHOT.sha256(), new byte[] {1}, TEMPLATES))
        .isInstanceOf(IOException.class);
  }

  @Test
  void givenALargeSnapshot_whenSplit_thenThePartsJoinToIt() {
    byte[] large = new byte[2 * SnapshotParts.MAX_BYTES + 1];
    new Random(1).nextBytes(large);
    List<byte[]> parts = SnapshotParts.split(large);

    assertThat(parts).hasSize(3);
    assertThat(parts).allSatisfy(part -> assertThat(part.length).isBetween(1, 300 * 1024));
    assertThat(SnapshotParts.join(parts)).isEqualTo(large);
    assertThat(SnapshotParts.split(new byte[SnapshotParts.MAX_BYTES])).hasSize(1);
    assertThat(SnapshotParts.split(new byte[0])).hasSize(1);
  }

  private static Snapshot decode(String sha256, byte[] encoded, Map<String, String> templates)
      throws IOException {
    return SnapshotCodec.decode(7, 1, sha256, encoded, templates::get);
  }
}
