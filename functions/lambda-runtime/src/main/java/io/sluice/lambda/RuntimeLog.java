package io.sluice.lambda;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;

/** JSON lines on standard output, which Lambda keeps as the function's log. Thread-safe. */
final class RuntimeLog implements LambdaLogger {

  private final PrintStream out;

  RuntimeLog(PrintStream out) {
    this.out = out;
  }

  @Override
  public void log(String message) {
    line("info", message, "");
  }

  @Override
  public void log(byte[] message) {
    log(new String(message, StandardCharsets.UTF_8));
  }

  /** Says what failed, by class and place; an exception's message may quote a request. */
  void problem(String message, String requestId, Throwable problem) {
    String trace =
        Arrays.stream(problem.getStackTrace())
            .limit(12)
            .map(frame -> JsonText.quoted(frame.toString()))
            .collect(Collectors.joining(",", "[", "]"));
    line(
        "error",
        message,
        ",\"aws_request_id\":"
            + JsonText.quoted(requestId)
            + ",\"exception_class\":"
            + JsonText.quoted(problem.getClass().getName())
            + ",\"exception_backtrace\":"
            + trace);
  }

  /** Says that the function starts slower than it could, and why. */
  void unusedCache(AotCache.Unused cache) {
    line(
        "warning",
        "the function starts without its AOT cache",
        ",\"aot_cache\":"
            + JsonText.quoted(cache.state())
            + ",\"reason\":"
            + JsonText.quoted(cache.reason()));
  }

  private void line(String level, String message, String more) {
    String line =
        "{\"timestamp\":"
            + JsonText.quoted(Instant.now().toString())
            + ",\"level\":\""
            + level
            + "\",\"logger\":\"lambda\",\"message\":"
            + JsonText.quoted(message)
            + more
            + "}\n";
    byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
    synchronized (out) {
      out.write(bytes, 0, bytes.length);
      out.flush();
    }
  }
}
