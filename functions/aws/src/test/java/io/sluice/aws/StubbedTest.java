package io.sluice.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.core.time.Deadline;
import io.sluice.testing.AwsStub;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/** A stub of AWS for each test, and words for what goes wrong. */
abstract class StubbedTest {

  final AwsStub stub = AwsStub.start();
  final AwsEnvironment environment = AwsEnvironment.of(stub.environment());

  @AfterEach
  void stop() {
    stub.close();
  }

  /** Far enough away to decide nothing. */
  static Deadline ample() {
    return Deadline.after(Duration.ofSeconds(30));
  }

  static Deadline brief() {
    return Deadline.after(Duration.ofMillis(250));
  }

  /** The failure of that call, which must be of that kind. */
  static AwsException failure(AwsException.Kind kind, ThrowingCallable call) {
    AwsException failure = catchThrowableOfType(AwsException.class, call);
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
    return failure;
  }
}
