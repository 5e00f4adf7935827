package io.sluice.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lambda's Runtime API on a free loopback port, on raw sockets: it records every byte of an answer,
 * the time of each chunk and the trailers, which HTTP libraries drop. Thread-safe.
 */
public final class RuntimeApiStub implements AutoCloseable {

  private static final String ROOT = "/2018-06-01/runtime/";
  private static final String TEST_FUNCTION =
      "arn:aws:lambda:eu-central-1:123456789012:function:test";

  private final ServerSocket listener;
  private final BlockingQueue<Queued> events = new LinkedBlockingQueue<>();
  private final Map<String, RuntimeApiAnswer> answers = new ConcurrentHashMap<>();
  private final CompletableFuture<RuntimeApiAnswer> initError = new CompletableFuture<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger ids = new AtomicInteger();
  private final AtomicInteger polls = new AtomicInteger();

  private final BlockingQueue<RuntimeApiFault> faults = new LinkedBlockingQueue<>();

  /** An answer to {@code next}, whole. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Queued(byte[] answer, boolean last) {}

  private RuntimeApiStub(ServerSocket listener) {
    this.listener = listener;
  }

  /** Starts a stub on a free port of 127.0.0.1. */
  public static RuntimeApiStub start() {
    try {
      RuntimeApiStub stub =
          new RuntimeApiStub(new ServerSocket(0, 128, InetAddress.ofLiteral("127.0.0.1")));
      Thread.ofVirtual().name("runtime-api-accept").start(stub::accept);
      return stub;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The value of {@code AWS_LAMBDA_RUNTIME_API}. */
  public String authority() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /** Hands that event to whoever asks next; the answer fills as it comes in. */
  public RuntimeApiAnswer invoke(byte[] event) {
    return invoke(event, System.currentTimeMillis() + 60_000, "");
  }

  /**
   * Hands that event to whoever asks next.
   *
   * @param deadlineMillis when the invocation must end, in milliseconds since 1970
   * @param headers further header lines of the invocation, each with its line end
   */
  public RuntimeApiAnswer invoke(byte[] event, long deadlineMillis, String headers) {
    String id = "00000000-0000-4000-8000-%012d".formatted(ids.incrementAndGet());
    return invoke(id, TEST_FUNCTION, event, deadlineMillis, headers);
  }

  /**
   * Hands that event to whoever asks next.
   *
   * @param requestId the id of the invocation, which none before it had
   * @param functionArn the ARN that is invoked
   * @param deadlineMillis when the invocation must end, in milliseconds since 1970
   * @param headers further header lines of the invocation, each with its line end
   */
  public RuntimeApiAnswer invoke(
      String requestId, String functionArn, byte[] event, long deadlineMillis, String headers) {
    String all = "Lambda-Runtime-Deadline-Ms: " + deadlineMillis + "\r\n" + headers;
    RuntimeApiAnswer answer = new RuntimeApiAnswer(requestId);
    answers.put(requestId, answer);
    String head =
        """
        HTTP/1.1 200 OK\r
        Content-Type: application/json\r
        Lambda-Runtime-Aws-Request-Id: %s\r
        Lambda-Runtime-Invoked-Function-Arn: %s\r
        Lambda-Runtime-Trace-Id: Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=0\r
        %sContent-Length: %d\r
        \r
        """
            .formatted(requestId, functionArn, all, event.length);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    whole.writeBytes(event);
    events.add(new Queued(whole.toByteArray(), false));
    return answer;
  }

  /**
   * Gives whoever asks next these very bytes, status line included, in place of an invocation.
   *
   * @param requestId the invocation that they name, if any: its answer is recorded
   * @param last whether the connection is closed behind them
   */
  public RuntimeApiAnswer invokeRaw(String requestId, String answerToNext, boolean last) {
    RuntimeApiAnswer answer = new RuntimeApiAnswer(requestId);
    answers.put(requestId, answer);
    events.add(new Queued(answerToNext.getBytes(StandardCharsets.ISO_8859_1), last));
    return answer;
  }

  /** Meets the next answer of the runtime in that way, once. */
  public void meet(RuntimeApiFault fault) {
    faults.add(fault);
  }

  /** What the runtime reported when it could not start. */
  public CompletableFuture<RuntimeApiAnswer> initError() {
    return initError;
  }

  /** How often the runtime asked for an invocation. */
  public int polls() {
    return polls.get();
  }

  /**
   * Waits until the runtime has asked for that many invocations.
   *
   * @return whether it has; {@code false} after that time, or once the stub is closed
   */
  public boolean awaitPolls(int count, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    synchronized (polls) {
      for (long left = patience.toNanos();
          polls.get() < count && left > 0 && !listener.isClosed();
          left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(polls, left);
      }
    }
    return polls.get() >= count;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        open.add(socket);
        if (listener.isClosed()) {
          socket.close(); // accepted while close() looked: nobody else would end it
          continue;
        }
        Thread.ofVirtual().name("runtime-api").start(() -> serve(socket));
      } catch (IOException e) {
        // Closed.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      RecordingStream recording = new RecordingStream(socket.getInputStream());
      InputStream in = new BufferedInputStream(recording, 64 * 1024);
      OutputStream out = socket.getOutputStream();
      while (true) {
        List<RuntimeApiAnswer.Arrival> arrivals = recording.anew();
        String head = head(in);
        String[] first = head.substring(0, head.indexOf("\r\n")).split(" ", -1);
        String path = first[1].substring(ROOT.length());
        if (path.equals("invocation/next")) {
          synchronized (polls) {
            polls.incrementAndGet();
            polls.notifyAll();
          }
          Queued queued = events.take();
          out.write(queued.answer());
          if (queued.last()) {
            return;
          }
        } else if (path.equals("restore/next")) {
          // SnapStart: the snapshot is made and restored at once.
          out.write(
              "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
                  .getBytes(StandardCharsets.US_ASCII));
        } else if (path.equals("init/error")) {
          RuntimeApiAnswer answer = new RuntimeApiAnswer("init");
          answer.read(head, in, Integer.MAX_VALUE);
          accepted(out);
          initError.complete(answer);
        } else {
          RuntimeApiAnswer answer = answers.get(path.split("/", -1)[1]);
          if (answer == null) {
            throw new EOFException("unknown invocation " + path);
          }
          answer.arriving(arrivals);
          RuntimeApiFault fault = faults.poll();
          if (fault != null) {
            answer.read(head, in, fault.afterChunks());
            if (!fault.play(socket)) {
              answer.abandon();
              return;
            }
          } else {
            answer.read(head, in, Integer.MAX_VALUE);
            accepted(out);
          }
          answer.complete();
        }
      }
    } catch (IOException e) {
      // The runtime ended, or broke the protocol: its answer stays incomplete.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  private static void accepted(OutputStream out) throws IOException {
    out.write(
        "HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n{\"status\":\"OK\"}\n"
            .getBytes(StandardCharsets.US_ASCII));
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
      int c = in.read();
      if (c < 0) {
        throw new EOFException();
      }
      head.append((char) c);
    }
    return head.toString();
  }

  /** Closes the listener and every connection, as if the sandbox ended. */
  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
      answers.values().forEach(RuntimeApiAnswer::abandon);
      synchronized (polls) {
        polls.notifyAll();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
