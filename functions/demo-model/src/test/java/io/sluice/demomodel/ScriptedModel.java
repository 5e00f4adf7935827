package io.sluice.demomodel;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Speaks fixed pieces; counts a word as a token. */
final class ScriptedModel implements LanguageModel {

  private final List<String> pieces;
  private final boolean endless;
  final AtomicInteger running = new AtomicInteger();
  final AtomicBoolean ranTogether = new AtomicBoolean();
  final CountDownLatch ended = new CountDownLatch(1);
  final AtomicBoolean closed = new AtomicBoolean();

  ScriptedModel(boolean endless, String... pieces) {
    this.endless = endless;
    this.pieces = List.of(pieces);
  }

  @Override
  public int countTokens(String text) {
    return text.strip().split("\\s+", -1).length;
  }

  @Override
  public int generate(String prompt, Options options, Predicate<String> consumer) {
    if (running.incrementAndGet() > 1) {
      ranTogether.set(true);
    }
    try {
      int tokens = 0;
      while (tokens < options.maxTokens() || endless) {
        if (tokens >= pieces.size() && !endless) {
          break;
        }
        if (pieces.get(tokens % pieces.size()).equals("FAIL")) {
          throw new IllegalStateException("scripted");
        }
        if (!consumer.test(pieces.get(tokens++ % pieces.size()))) {
          break;
        }
        Thread.onSpinWait();
      }
      return tokens;
    } finally {
      running.decrementAndGet();
      ended.countDown();
    }
  }

  @Override
  public void close() {
    closed.set(true);
  }
}
