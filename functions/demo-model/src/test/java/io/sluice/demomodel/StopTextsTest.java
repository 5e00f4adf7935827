package io.sluice.demomodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopTextsTest {

  @ParameterizedTest
  @CsvSource({
    "one|two, STOP, onetwo",
    "oneSTOPtwo, STOP, one",
    "one S|TO|P two, STOP, 'one '",
    "S|ST|OP two, STOP, S",
    "one ST|AY, STOP, one STAY",
    "one S|T, STOP, one ST",
    "aab|aab|aac, aabaac, aab",
    "a<b|>c, <b>, a",
  })
  void givenPieces_whenAStopTextOccurs_thenTheTextEndsBeforeIt(
      String pieces, String stopText, String expected) {
    StopTexts stop = new StopTexts(List.of(stopText));
    StringBuilder text = new StringBuilder();

    for (String piece : pieces.split("\\|", -1)) {
      text.append(stop.add(piece));
    }
    text.append(stop.rest());

    assertThat(text.toString()).isEqualTo(expected);
    assertThat(stop.found()).isEqualTo(!expected.equals(pieces.replace("|", "")));
  }

  @Test
  void givenSeveralStopTexts_whenTwoOccur_thenTheFirstEndsTheText() {
    StopTexts stop = new StopTexts(List.of("", "late", "early"));

    assertThat(stop.add("text early late")).isEqualTo("text ");
    assertThat(stop.add("more")).isEmpty();
  }

  @Test
  void givenNoStopTexts_whenPiecesCome_thenNothingIsHeldBack() {
    StopTexts stop = new StopTexts(List.of());

    assertThat(stop.add("a")).isEqualTo("a");
    assertThat(stop.rest()).isEmpty();
  }
}
