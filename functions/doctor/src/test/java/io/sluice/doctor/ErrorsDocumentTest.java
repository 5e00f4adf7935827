package io.sluice.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.doctor.report.Diagnosis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/errors.md} and the doctor's codes. */
class ErrorsDocumentTest {

  private static final Pattern HEADING =
      Pattern.compile("(?m)^### (DR-\\d{3})\\n\\n(\\*\\*.*?\\.\\*\\*)");

  @Test
  void givenCodes_whenTheDocumentIsRead_thenEachHasItsSectionAndThereIsNoOther()
      throws IOException {
    String document = Files.readString(Path.of("../../docs/errors.md"));
    List<String> sections =
        HEADING
            .matcher(document)
            .results()
            .map((MatchResult m) -> m.group(1) + " " + m.group(2))
            .toList();
    assertThat(sections)
        .containsExactlyElementsOf(
            Arrays.stream(Diagnosis.values())
                .map(diagnosis -> "%s **%s.**".formatted(diagnosis.code(), diagnosis.title()))
                .toList());
  }

  @Test
  void givenCodes_whenCompared_thenNoneOccursTwice() {
    assertThat(Diagnosis.values()).extracting(Diagnosis::code).doesNotHaveDuplicates().isSorted();
  }
}
