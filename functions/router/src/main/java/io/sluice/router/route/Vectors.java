package io.sluice.router.route;

import io.sluice.config.Candidate;
import io.sluice.core.model.ModelEvent;
import io.sluice.core.model.ModelEvent.Failure;
import io.sluice.router.call.Question;
import io.sluice.router.call.TextSink;
import io.sluice.router.error.ErrorCode;
import io.sluice.router.error.RefusalException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gathers vectors, batch by batch, in the texts' order. For one thread. */
final class Vectors implements TextSink {

  /** The most numbers of one answer: as doubles and twice as JSON they take about 55 MB. */
  private static final int MOST_NUMBERS = 1024 * 1024;

  private final int texts;
  private final List<double[]> all;
  private double[][] batch = {};

  /**
   * @param texts how many texts the request has
   */
  Vectors(int texts) {
    this.texts = texts;
    this.all = new ArrayList<>(texts);
  }

  /** So many vectors come next. */
  void expect(int count) {
    batch = new double[count][];
  }

  @Override
  public void text(Candidate candidate, Question question, String piece) {}

  @Override
  public void vector(ModelEvent.Vector vector) {
    if (vector.index() >= 0 && vector.index() < batch.length) {
      batch[vector.index()] = vector.values();
    }
  }

  /** What is wrong with the vectors that came, {@code null} when each text has one. */
  @Nullable Failure problem() {
    return Arrays.stream(batch).allMatch(Objects::nonNull)
        ? null
        : new Failure(Failure.Kind.PROTOCOL, 0, "the backend left a text without a vector", null);
  }

  /**
   * Keeps the vectors that came.
   *
   * @throws RefusalException if all that are wanted are too large for one answer
   */
  void take() throws RefusalException {
    for (double[] vector : batch) {
      if (vector != null) {
        check(vector.length);
        all.add(vector);
      }
    }
  }

  private void check(int size) throws RefusalException {
    int most = MOST_NUMBERS / Math.max(1, size);
    if (texts > most) {
      throw new RefusalException(
          422,
          ErrorCode.INVALID_REQUEST,
          "contents: an answer has at most %d numbers, which are %d vectors of %d: send fewer texts"
              .formatted(MOST_NUMBERS, most, size));
    }
  }

  /** All vectors, in the texts' order. */
  List<double[]> all() {
    return all;
  }
}
