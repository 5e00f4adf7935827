package io.sluice.lambda;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda Runtime API, version 2018-06-01, for one worker: one invocation at a time, over one
 * kept connection. For one thread at a time; only {@link #close} may come from another one and ends
 * what waits. Source: AWS Lambda developer guide, "Using the Lambda runtime API" and "Response
 * streaming for custom runtimes".
 */
final class RuntimeApi implements Closeable {

  private static final String ROOT = "/2018-06-01/runtime/";

  private final String authority;
  private volatile @Nullable RuntimeConnection kept;
  private volatile boolean asksNoMore;

  /**
   * @param authority {@code host:port}, the value of {@code AWS_LAMBDA_RUNTIME_API}
   */
  RuntimeApi(String authority) {
    this.authority = authority;
  }

  /** Waits for the next invocation, as long as it takes. */
  Invocation next() throws IOException {
    boolean reused = kept != null;
    try {
      return askNext();
    } catch (IOException e) {
      close();
      if (!reused) {
        throw e;
      }
      return askNext(); // asking again is harmless: the old connection was closed while idle
    }
  }

  private Invocation askNext() throws IOException {
    RuntimeConnection connection = connection();
    if (asksNoMore) { // after it is kept: whoever sets this closes what is kept then
      throw new IOException("no further invocation is wanted");
    }
    byte[] head = connection.head("GET", ROOT + "invocation/next");
    connection.send(head, 0, head.length);
    RuntimeConnection.Answer answer = connection.answer();
    if (answer.status() != 200) {
      throw new IOException("the Runtime API answered " + answer.status() + " to next");
    }
    keepUnlessClosing(answer);
    return Invocation.of(answer.headers(), answer.body());
  }

  /** Makes {@link #next} fail from now on; whoever waits in it must be woken by {@link #close}. */
  void askNoMore() {
    asksNoMore = true;
  }

  /** Begins the answer to an invocation; {@link ResponseBody} decides its form. */
  ResponseBody respond(Invocation invocation) {
    return new ResponseBody(this, ROOT + "invocation/" + invocation.requestId());
  }

  /** Reports that this runtime can't start. */
  void failInit(FailureReport failure) throws IOException {
    report(ROOT + "init/error", failure);
  }

  /** Posts a failure. */
  void report(String path, FailureReport failure) throws IOException {
    byte[] body = failure.json().getBytes(StandardCharsets.UTF_8);
    post(
        path,
        body,
        body.length,
        "Content-Type: application/vnd.aws.lambda.error+json",
        "Lambda-Runtime-Function-Error-Type: " + failure.type());
  }

  /** Posts a whole body. */
  void post(String path, byte[] body, int length, String... headers) throws IOException {
    RuntimeConnection connection = connection();
    String[] lines = Arrays.copyOf(headers, headers.length + 1);
    lines[headers.length] = "Content-Length: " + length;
    byte[] head = connection.head("POST", path, lines);
    byte[] whole = Arrays.copyOf(head, head.length + length);
    System.arraycopy(body, 0, whole, head.length, length);
    connection.send(whole, 0, whole.length);
    accepted();
  }

  /**
   * Reads the answer to a report or response.
   *
   * @throws RefusedAnswerException if it wasn't taken
   */
  void accepted() throws IOException {
    RuntimeConnection connection = kept;
    if (connection == null) {
      throw new IOException("the connection to the Runtime API was closed");
    }
    RuntimeConnection.Answer answer = connection.answer();
    keepUnlessClosing(answer);
    if (answer.status() / 100 != 2) {
      throw new RefusedAnswerException(answer.status());
    }
  }

  /** A connection on which nothing is under way: the kept one unless it was closed meanwhile. */
  RuntimeConnection connection() throws IOException {
    RuntimeConnection connection = kept;
    if (connection != null && !stale(connection)) {
      return connection;
    }
    close();
    connection = RuntimeConnection.open(authority);
    kept = connection;
    return connection;
  }

  private static boolean stale(RuntimeConnection connection) {
    try {
      return connection.spoken();
    } catch (IOException e) {
      return true;
    }
  }

  private void keepUnlessClosing(RuntimeConnection.Answer answer) throws IOException {
    if ("close".equalsIgnoreCase(answer.headers().get("connection"))) {
      close();
    }
  }

  /** Drops the connection; the next use opens a new one. */
  @Override
  public void close() throws IOException {
    RuntimeConnection connection = kept;
    kept = null;
    if (connection != null) {
      connection.close();
    }
  }
}
