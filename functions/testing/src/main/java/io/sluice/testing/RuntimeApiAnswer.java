package io.sluice.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What a runtime posted for one invocation, byte for byte. Thread-safe. */
public final class RuntimeApiAnswer {

  private static final long PATIENCE_SECONDS = 30;

  private final String requestId;
  private final List<Chunk> chunks = new CopyOnWriteArrayList<>();

  /** Empty is the end. */
  private final BlockingQueue<Optional<Chunk>> coming = new LinkedBlockingQueue<>();

  private final CompletableFuture<RuntimeApiAnswer> completed = new CompletableFuture<>();
  private volatile String head = "";
  private volatile String trailers = "";
  private volatile List<Arrival> arrivals = List.of();

  /** A chunk and {@link System#nanoTime()} when its last byte was there. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Chunk(byte[] bytes, long nanos) {
    public String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** Bytes that one read of the socket gave, and {@link System#nanoTime()} after it. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Arrival(byte[] bytes, long nanos) {
    public String text() {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  RuntimeApiAnswer(String requestId) {
    this.requestId = requestId;
  }

  public String requestId() {
    return requestId;
  }

  /** Waits until the answer has ended, whichever way. */
  public RuntimeApiAnswer await() throws InterruptedException {
    try {
      return completed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("no answer to " + requestId + "; so far: " + head + text(), e);
    }
  }

  /** Waits for the next chunk, while the answer may still be on its way. */
  public Chunk nextChunk() throws InterruptedException {
    Chunk chunk = poll(Duration.ofSeconds(PATIENCE_SECONDS));
    if (chunk == null) {
      throw new AssertionError("no further chunk of " + requestId + "; so far: " + text());
    }
    return chunk;
  }

  /**
   * The next chunk, or {@code null} when the answer has ended, was abandoned or brought nothing in
   * that time.
   */
  public @Nullable Chunk poll(Duration patience) throws InterruptedException {
    Optional<Chunk> chunk = coming.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    if (chunk == null) {
      return null;
    }
    if (chunk.isEmpty()) {
      coming.add(chunk);
    }
    return chunk.orElse(null);
  }

  public boolean ended() {
    return completed.isDone();
  }

  /** The request line and the header lines, as they were sent. */
  public String head() {
    return head;
  }

  /** The path's last part: {@code response} or {@code error}. */
  public String kind() {
    String path = head.split(" ", 3)[1];
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The chunks so far; an answer that was not chunked is one. */
  public List<Chunk> chunks() {
    return List.copyOf(chunks);
  }

  /** The whole body so far. */
  public byte[] bytes() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    chunks.forEach(chunk -> body.writeBytes(chunk.bytes()));
    return body.toByteArray();
  }

  /** The whole body so far, as text. */
  public String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /** The trailer lines, as they were sent; empty when there are none. */
  public String trailers() {
    return trailers;
  }

  /** Everything as it came from the socket, head and framing included, so far. */
  public List<Arrival> arrivals() {
    return List.copyOf(arrivals);
  }

  /** Fills as the socket is read. */
  void arriving(List<Arrival> recorded) {
    arrivals = recorded;
  }

  /** Reads what was sent until its end, or until so many chunks are there. */
  void read(String requestHead, InputStream in, int maxChunks) throws IOException {
    head = requestHead;
    String lower = requestHead.toLowerCase(java.util.Locale.ROOT);
    if (lower.contains("\r\ntransfer-encoding: chunked\r\n")) {
      readChunks(in, maxChunks);
      return;
    }
    int at = lower.indexOf("\r\ncontent-length: ");
    if (at < 0) {
      throw new EOFException("neither chunked nor a length");
    }
    int start = at + "\r\ncontent-length: ".length();
    int length = Integer.parseInt(requestHead.substring(start, requestHead.indexOf('\r', start)));
    add(in.readNBytes(length));
  }

  void complete() {
    completed.complete(this);
    coming.add(Optional.empty());
  }

  /** Nothing more will come: whoever waits for a chunk is told. */
  void abandon() {
    coming.add(Optional.empty());
  }

  private void readChunks(InputStream in, int maxChunks) throws IOException {
    while (chunks.size() < maxChunks) {
      int length = Integer.parseInt(line(in), 16);
      if (length == 0) {
        StringBuilder lines = new StringBuilder();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
          lines.append(line).append('\n');
        }
        trailers = lines.toString();
        return;
      }
      byte[] bytes = in.readNBytes(length);
      if (!line(in).isEmpty()) {
        throw new IOException("a chunk is longer than it says");
      }
      add(bytes);
    }
  }

  private void add(byte[] bytes) {
    Chunk chunk = new Chunk(bytes, System.nanoTime());
    chunks.add(chunk);
    coming.add(Optional.of(chunk));
  }

  /** A line that must end with CR LF. */
  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int c = in.read();
      if (c < 0) {
        throw new EOFException();
      }
      if (c == '\n') {
        int last = line.length() - 1;
        if (last < 0 || line.charAt(last) != '\r') {
          throw new IOException("a line without CR");
        }
        return line.substring(0, last);
      }
      line.append((char) c);
    }
  }
}
