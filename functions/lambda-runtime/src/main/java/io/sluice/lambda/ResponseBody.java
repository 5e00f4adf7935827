package io.sluice.lambda;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a handler writes its answer to. A handler that never flushes sends one buffered answer when
 * it returns, such as an authorizer's JSON. The first {@link #flush} turns the answer into a
 * stream: from then on each flush is a chunk that leaves at once, in one piece. So the handler
 * decides, and needs no type of ours. Once the answer can't be delivered, each write and flush
 * throws. Thread-safe.
 */
final class ResponseBody extends OutputStream {

  /** Beyond this an answer that was never flushed becomes a stream: Lambda buffers 6 MB at most. */
  static final int MAX_BUFFERED = 1024 * 1024;

  private static final String MODE = "Lambda-Runtime-Function-Response-Mode: streaming";
  private static final String ERROR_TYPE = "Lambda-Runtime-Function-Error-Type";
  private static final String ERROR_BODY = "Lambda-Runtime-Function-Error-Body";

  /** Room for a chunk's size before what was written, and for its line end behind. */
  private static final int BEFORE = 10;

  private static final int AFTER = 2;

  private final ReentrantLock lock = new ReentrantLock();
  private final RuntimeApi api;
  private final String path;
  private byte[] buffer = new byte[4 * 1024];
  private int length;
  private @Nullable RuntimeConnection stream;
  private boolean ended;
  private @Nullable IOException broken;

  /**
   * @param path of the invocation
   */
  ResponseBody(RuntimeApi api, String path) {
    this.api = api;
    this.path = path;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, bytes.length);
    lock.lock();
    try {
      checkOpen();
      for (int done = 0; done < count; ) {
        if (length == MAX_BUFFERED) {
          flushLocked();
        }
        int fits = Math.min(count - done, MAX_BUFFERED - length);
        reserve(fits);
        System.arraycopy(bytes, offset + done, buffer, BEFORE + length, fits);
        length += fits;
        done += fits;
      }
    } finally {
      lock.unlock();
    }
  }

  private void reserve(int count) {
    int needed = BEFORE + length + count + AFTER;
    if (needed > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, needed));
    }
  }

  /** Sends what was written, as a chunk of its own; nothing when nothing was. */
  @Override
  public void flush() throws IOException {
    lock.lock();
    try {
      checkOpen();
      flushLocked();
    } finally {
      lock.unlock();
    }
  }

  /** The handler may close: only {@link #complete} ends the answer. */
  @Override
  public void close() {}

  /**
   * Ends the answer in order.
   *
   * @throws IOException if it was not delivered
   */
  void complete() throws IOException {
    lock.lock();
    try {
      if (ended) {
        return;
      }
      checkOpen();
      if (stream == null) {
        ended = true;
        api.post(
            path + "/response",
            Arrays.copyOfRange(buffer, BEFORE, BEFORE + length),
            length,
            "Content-Type: application/json");
      } else {
        end("0\r\n\r\n");
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Says that the invocation failed: as an error when nothing was sent yet, else in trailers that
   * end the answer.
   *
   * @throws IOException if that was not delivered
   */
  void fail(FailureReport failure) throws IOException {
    lock.lock();
    try {
      failLocked(failure);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The same from another thread than the handler's, which is told by its next write. Gives up when
   * a write doesn't end in that time.
   */
  void fail(FailureReport failure, long patienceMillis) throws IOException, InterruptedException {
    if (lock.tryLock(patienceMillis, TimeUnit.MILLISECONDS)) {
      try {
        failLocked(failure);
      } finally {
        lock.unlock();
      }
    }
  }

  private void failLocked(FailureReport failure) throws IOException {
    if (ended) {
      return;
    }
    if (broken != null) {
      throw broken;
    }
    if (stream == null) {
      ended = true;
      api.report(path + "/error", failure);
      return;
    }
    length = 0;
    byte[] json = failure.json().getBytes(StandardCharsets.UTF_8);
    String body = Base64.getEncoder().encodeToString(json);
    end(
        "0\r\n"
            + ERROR_TYPE
            + ": "
            + failure.type()
            + "\r\n"
            + ERROR_BODY
            + ": "
            + body
            + "\r\n\r\n");
  }

  private void end(String lastChunk) throws IOException {
    byte[] last = lastChunk.getBytes(StandardCharsets.US_ASCII);
    try {
      if (length > 0) {
        chunk(last);
      } else {
        send(last, 0, last.length);
      }
      api.accepted();
    } finally {
      ended = true;
    }
  }

  private void flushLocked() throws IOException {
    if (length == 0) {
      return;
    }
    if (stream == null) {
      begin();
    } else {
      chunk(new byte[0]);
    }
  }

  /** Sends the head, and what was written with it. */
  private void begin() throws IOException {
    Prelude prelude = Prelude.of(buffer, BEFORE, length);
    RuntimeConnection connection = api.connection();
    stream = connection;
    byte[] head =
        connection.head(
            "POST",
            path + "/response",
            MODE,
            "Content-Type: " + prelude.contentType(),
            "Transfer-Encoding: chunked",
            "Trailer: " + ERROR_TYPE,
            "Trailer: " + ERROR_BODY);
    int start = frame();
    int size = BEFORE + length + AFTER - start;
    byte[] whole = Arrays.copyOf(head, head.length + size);
    System.arraycopy(buffer, start, whole, head.length, size);
    length = 0;
    send(whole, 0, whole.length);
  }

  private void chunk(byte[] after) throws IOException {
    int start = frame();
    int end = BEFORE + length + AFTER;
    if (after.length > 0) {
      buffer = Arrays.copyOf(buffer, end + after.length);
      System.arraycopy(after, 0, buffer, end, after.length);
    }
    length = 0;
    send(buffer, start, end + after.length - start);
  }

  /** Puts a chunk's size before what was written, and a line end behind; where the chunk starts. */
  private int frame() {
    buffer[BEFORE + length] = '\r';
    buffer[BEFORE + length + 1] = '\n';
    int at = BEFORE;
    buffer[--at] = '\n';
    buffer[--at] = '\r';
    for (int size = length; size > 0; size >>>= 4) {
      buffer[--at] = (byte) Character.forDigit(size & 0xf, 16);
    }
    return at;
  }

  /**
   * Sends bytes of a begun answer. What the Runtime API says before the answer's end is that it
   * wants no more of it.
   */
  private void send(byte[] bytes, int offset, int count) throws IOException {
    RuntimeConnection connection = Objects.requireNonNull(stream);
    boolean interrupted = Thread.interrupted(); // an interrupted channel would close
    try {
      if (connection.spoken()) {
        api.accepted();
        throw new IOException("the Runtime API accepted an answer before its end");
      }
      connection.send(bytes, offset, count);
    } catch (IOException e) {
      broken = e;
      throw e;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Why the answer can't be delivered; {@code null} while it can. */
  @Nullable IOException broken() {
    lock.lock();
    try {
      return broken;
    } finally {
      lock.unlock();
    }
  }

  private void checkOpen() throws IOException {
    if (broken != null) {
      throw new IOException("the answer can't be delivered", broken);
    }
    if (ended) {
      throw new IOException("the answer has ended");
    }
  }
}
