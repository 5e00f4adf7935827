package io.sluice.lambda;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;

/**
 * What a handler writes its answer to. A handler that never flushes sends one buffered answer when
 * it returns, such as an authorizer's JSON. The first {@link #flush} turns the answer into a
 * stream: from then on each flush is a chunk that leaves at once. So the handler decides, and needs
 * no type of ours. Not thread-safe.
 */
final class ResponseBody extends OutputStream {

  /** Beyond this an answer that was never flushed becomes a stream: Lambda buffers 6 MB at most. */
  static final int MAX_BUFFERED = 1024 * 1024;

  private static final String MODE = "Lambda-Runtime-Function-Response-Mode: streaming";
  private static final String ERROR_TYPE = "Lambda-Runtime-Function-Error-Type";
  private static final String ERROR_BODY = "Lambda-Runtime-Function-Error-Body";

  private final RuntimeApi api;
  private final String path;
  private byte[] buffer = new byte[4 * 1024];
  private int length;
  private boolean streaming;

  ResponseBody(RuntimeApi api, String path) {
    this.api = api;
    this.path = path;
  }

  /** Whether anything was sent: the invocation can no longer fail as a whole. */
  boolean begun() {
    return streaming;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, bytes.length);
    if (length + count > MAX_BUFFERED) {
      flush();
      if (count >= MAX_BUFFERED) {
        chunk(bytes, offset, count);
        return;
      }
    }
    if (length + count > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + count));
    }
    System.arraycopy(bytes, offset, buffer, length, count);
    length += count;
  }

  /** Sends what was written, as a chunk of its own. */
  @Override
  public void flush() throws IOException {
    if (!streaming) {
      streaming = true;
      api.connection()
          .head(
              "POST",
              path,
              MODE,
              "Content-Type: application/vnd.awslambda.http-integration-response",
              "Transfer-Encoding: chunked",
              "Trailer: " + ERROR_TYPE,
              "Trailer: " + ERROR_BODY);
    }
    if (length > 0) {
      int due = length;
      length = 0;
      chunk(buffer, 0, due);
    } else {
      api.connection().flush();
    }
  }

  /** The handler may close: only {@link #complete} ends the answer. */
  @Override
  public void close() {}

  /** Ends the answer in order. */
  void complete() throws IOException {
    if (streaming) {
      if (length > 0) {
        flush();
      }
      api.connection().write("0\r\n\r\n");
      api.connection().flush();
      api.accepted();
    } else {
      api.post(path, buffer, length, "Content-Type: application/json");
    }
  }

  /** Ends a begun answer and says, in trailers, that it is not whole. */
  void fail(FailureReport failure) throws IOException {
    RuntimeConnection connection = api.connection();
    String body =
        Base64.getEncoder().encodeToString(failure.json().getBytes(StandardCharsets.UTF_8));
    connection.write(
        "0\r\n%s: %s\r\n%s: %s\r\n\r\n".formatted(ERROR_TYPE, failure.type(), ERROR_BODY, body));
    connection.flush();
    api.accepted();
  }

  private void chunk(byte[] bytes, int offset, int count) throws IOException {
    RuntimeConnection connection = api.connection();
    connection.write(Integer.toHexString(count) + "\r\n");
    connection.write(bytes, offset, count);
    connection.write("\r\n");
    connection.flush();
  }
}
