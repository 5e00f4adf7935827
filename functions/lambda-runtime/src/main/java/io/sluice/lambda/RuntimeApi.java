package io.sluice.lambda;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda Runtime API, version 2018-06-01, for one worker: one invocation at a time, over one
 * kept connection. Not thread-safe. Source: AWS Lambda developer guide, "Using the Lambda runtime
 * API" and "Response streaming for custom runtimes".
 */
final class RuntimeApi implements Closeable {

  private static final String ROOT = "/2018-06-01/runtime/";

  private final String authority;
  private @Nullable RuntimeConnection kept;

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
    connection.head("GET", ROOT + "invocation/next");
    connection.flush();
    RuntimeConnection.Answer answer = connection.answer();
    if (answer.status() != 200) {
      throw new IOException("the Runtime API answered " + answer.status() + " to next");
    }
    keepUnlessClosing(answer);
    return Invocation.of(answer.headers(), answer.body());
  }

  /** Begins the answer to an invocation; {@link ResponseBody} decides its form. */
  ResponseBody respond(Invocation invocation) {
    return new ResponseBody(this, ROOT + "invocation/" + invocation.requestId() + "/response");
  }

  /** Reports that an invocation failed before a byte of its answer was sent. */
  void fail(Invocation invocation, FailureReport failure) throws IOException {
    report(ROOT + "invocation/" + invocation.requestId() + "/error", failure);
  }

  /** Reports that this runtime can't start. */
  void failInit(FailureReport failure) throws IOException {
    report(ROOT + "init/error", failure);
  }

  private void report(String path, FailureReport failure) throws IOException {
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
    String[] lines = new String[headers.length + 1];
    System.arraycopy(headers, 0, lines, 0, headers.length);
    lines[headers.length] = "Content-Length: " + length;
    connection.head("POST", path, lines);
    connection.write(body, 0, length);
    connection.flush();
    accepted();
  }

  /** Reads the answer to a report or response. */
  void accepted() throws IOException {
    RuntimeConnection.Answer answer = connection().answer();
    keepUnlessClosing(answer);
    if (answer.status() / 100 != 2) {
      throw new IOException("the Runtime API answered " + answer.status() + " to a response");
    }
  }

  RuntimeConnection connection() throws IOException {
    if (kept == null) {
      kept = RuntimeConnection.open(authority);
    }
    return kept;
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
