package io.sluice.router.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.core.http.ResponseStream;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonNull;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import io.sluice.router.call.CallResult;
import io.sluice.router.error.RefusalException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Server-sent events (contract 3.6). Unlike the other streams it may begin before the model's first
 * text and says what failed, as an {@code error} event that no {@code stream_end} follows.
 * Thread-safe: the model's text and the keep-alive's comments come from two threads.
 */
public final class SuggestionEventStream implements AnswerStream {

  private static final String PING = ": ping\r\n\r\n";

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();
  private final ResponseStream response;
  private final JsonObject metadata;
  private boolean begun;
  private boolean closed;
  private long lastWrite = System.nanoTime();

  /**
   * @param model who answers; its language is not told
   * @param region the region that answers name
   * @param timestamp epoch seconds
   */
  public SuggestionEventStream(
      ResponseStream response,
      AnsweringModel model,
      String region,
      long timestamp,
      List<String> flags) {
    this.response = response;
    this.metadata =
        JsonObject.builder()
            .put(
                "model",
                JsonObject.builder()
                    .put("engine", model.engine())
                    .put("name", model.name())
                    .build())
            .put("timestamp", timestamp)
            .put("enabled_feature_flags", flags)
            .put("region", region)
            .build();
  }

  @Override
  public void begin() throws IOException {
    lock.lock();
    try {
      if (!begun) {
        begun = true;
        response.begin(200, StreamHeaders.EVENTS);
        event("stream_start", JsonObject.builder().put("metadata", metadata).build());
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean withdraw(RefusalException refusal) {
    lock.lock();
    try {
      closed = !begun;
      return closed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void text(String piece) throws IOException {
    JsonObject choice =
        JsonObject.builder()
            .put("delta", JsonObject.builder().put("content", piece).build())
            .put("index", 0)
            .build();
    event(
        "content_chunk",
        JsonObject.builder().put("choices", new JsonArray(List.of(choice))).build());
  }

  @Override
  public void end(CallResult result) throws IOException {
    last("stream_end", JsonNull.NULL);
  }

  @Override
  public void fail(RefusalException failure) throws IOException {
    last(
        "error",
        JsonObject.builder()
            .put("status", failure.status())
            .put("code", failure.code().wire())
            .put("detail", failure.detail())
            .build());
  }

  /** No further comments. Waits until the keep-alive has let go of the response. */
  void close() {
    lock.lock();
    try {
      closed = true;
      closing.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Keeps the stream alive until it is closed: begins it after that patience, then writes a comment
   * after each interval without an event.
   *
   * @throws IOException if the caller is gone
   */
  void keepAlive(Duration patience, Duration interval) throws IOException, InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        long due = lastWrite + (begun ? interval : patience).toNanos();
        long left = due - System.nanoTime();
        if (left > 0) {
          boolean ignored = closing.await(left, TimeUnit.NANOSECONDS);
        } else if (begun) {
          write(PING);
        } else {
          begin();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void last(String name, JsonValue payload) throws IOException {
    lock.lock();
    try {
      event(name, payload);
      closed = true;
      response.end();
    } finally {
      lock.unlock();
    }
  }

  private void event(String name, JsonValue payload) throws IOException {
    write("event: " + name + "\r\ndata: " + SpacedJson.text(payload) + "\r\n\r\n");
  }

  private void write(String text) throws IOException {
    lock.lock();
    try {
      lastWrite = System.nanoTime();
      response.write(text.getBytes(UTF_8));
    } finally {
      lock.unlock();
    }
  }
}
