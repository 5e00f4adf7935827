package io.sluice.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {

  @Test
  void givenATimeToCome_whenAsked_thenItHasNotPassed() {
    Deadline deadline = Deadline.after(Duration.ofHours(1));
    assertThat(deadline.passed()).isFalse();
    assertThat(deadline.remaining()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
  }

  @Test
  void givenNoTime_whenAsked_thenItHasPassedAndNothingRemains() {
    Deadline deadline = Deadline.after(Duration.ZERO);
    assertThat(deadline.passed()).isTrue();
    assertThat(deadline.remaining()).isZero();
  }

  @Test
  void givenTwo_whenCompared_thenTheEarlierIsGiven() {
    Deadline soon = Deadline.after(Duration.ofSeconds(1));
    Deadline late = Deadline.after(Duration.ofDays(1_000_000));
    assertThat(soon.earlier(late)).isEqualTo(soon);
    assertThat(late.earlier(soon)).isEqualTo(soon);
    assertThat(late.passed()).isFalse();
  }
}
