package io.sluice.gitlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Questions about GitLab itself: search, answer, and the links below it. */
@ExtendWith(SharedDuo.class)
class DocumentationTest {

  private final Duo duo;

  DocumentationTest(Duo duo) {
    this.duo = duo;
  }

  @Test
  void givenNoIndex_whenSearched_thenTheListIsEmpty() throws Exception {
    assertThat(new DocumentationSearch(duo.gitLab()).search("How do I fork a project?")).isEmpty();
  }

  @Test
  void givenNoScope_whenSearched_thenRefused() {
    DocumentationSearch search = new DocumentationSearch(duo.gitLab(List.of("duo_chat")));
    assertThatThrownBy(() -> search.search("fork"))
        .isInstanceOfSatisfying(DuoException.class, e -> assertThat(e.status()).isEqualTo(403));
  }
}
