package io.sluice.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LazyDocumentationTest {

  @TempDir private Path folder;
  private final AtomicInteger opened = new AtomicInteger();

  @Test
  void givenAnIndex_whenSearchedTwice_thenItIsOpenedOnce() throws IOException {
    Path index = new TestIndex().page("/a.md", "A", "", "a fork").folder(folder);
    try (LazyDocumentation documentation =
        new LazyDocumentation(
            () -> {
              opened.incrementAndGet();
              return DocsIndex.open(index);
            })) {
      assertThat(opened).hasValue(0);

      assertThat(documentation.search("fork", 1).passages()).hasSize(1);
      assertThat(documentation.search("fork", 1).passages()).hasSize(1);

      assertThat(opened).hasValue(1);
    }
  }

  @Test
  void givenAnIndexThatCantBeOpened_whenSearchedAgain_thenItIsTriedAgain() throws IOException {
    Path index = new TestIndex().page("/a.md", "A", "", "a fork").folder(folder);
    try (LazyDocumentation documentation =
        new LazyDocumentation(
            () -> {
              if (opened.incrementAndGet() == 1) {
                throw new IOException("not yet");
              }
              return DocsIndex.open(index);
            })) {
      assertThatThrownBy(() -> documentation.search("fork", 1)).hasMessage("not yet");
      assertThat(documentation.search("fork", 1).passages()).hasSize(1);
    }
  }

  @Test
  void givenAnIndexThatBreaks_whenSearchedAgain_thenItIsOpenedAnew() throws IOException {
    Path index = new TestIndex().page("/a.md", "A", "", "a fork").folder(folder);
    try (LazyDocumentation documentation =
        new LazyDocumentation(
            () -> {
              DocsIndex open = DocsIndex.open(index);
              if (opened.incrementAndGet() == 1) {
                open.close();
              }
              return open;
            })) {
      assertThatThrownBy(() -> documentation.search("fork", 1)).isInstanceOf(IOException.class);
      assertThat(documentation.search("fork", 1).passages()).hasSize(1);
    }
  }

  @Test
  void givenNoDocumentation_whenSearched_thenNothingIsFound() throws IOException {
    assertThat(Documentation.NONE.search("fork", 4)).isEqualTo(Findings.NONE);
  }
}
