package io.sluice.gitlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.testing.ModelAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Semantic code search: a vector a text. */
@ExtendWith(SharedDuo.class)
class EmbeddingsTest {

  private final Duo duo;

  EmbeddingsTest(Duo duo) {
    this.duo = duo;
  }

  private Embeddings embeddings() {
    return new Embeddings(duo.gitLab(), duo.model.url(), "custom_openai/vectors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"index", "search"})
  void givenTexts_whenEmbedded_thenAVectorEach(String purpose) throws Exception {
    duo.says("");
    assertThat(embeddings().embed(purpose, List.of("def f", "def g")))
        .hasSize(2)
        .allSatisfy(vector -> assertThat(vector).hasSize(8).doesNotContain(Double.NaN));
  }

  @Test
  void givenAModelThatFails_whenEmbedded_thenGitLabReadsItsStatus() {
    duo.does(ModelAnswer.status(400, "too long"));
    assertThatThrownBy(() -> embeddings().embed("index", List.of("def f")))
        .isInstanceOfSatisfying(DuoException.class, e -> assertThat(e.status()).isEqualTo(400));
  }
}
