package io.sluice.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CancellationTest {

  private final Cancellation cancellation = new Cancellation();
  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void givenAnAction_whenCancelledTwice_thenItRunsOnce() {
    cancellation.onCancel(runs::incrementAndGet);
    cancellation.cancel();
    cancellation.cancel();
    assertThat(runs).hasValue(1);
    assertThat(cancellation.isCancelled()).isTrue();
  }

  @Test
  void givenACancelledWork_whenAnActionIsAdded_thenItRunsAtOnce() {
    cancellation.cancel();
    cancellation.onCancel(runs::incrementAndGet).close();
    assertThat(runs).hasValue(1);
  }

  @Test
  void givenAForgottenAction_whenCancelled_thenItDoesNotRun() {
    cancellation.onCancel(runs::incrementAndGet).close();
    cancellation.cancel();
    assertThat(runs).hasValue(0);
  }
}
