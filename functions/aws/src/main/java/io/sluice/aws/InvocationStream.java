package io.sluice.aws;

import io.sluice.aws.AwsException.Kind;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.time.Deadline;
import io.sluice.outbound.OutboundResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;
import software.amazon.eventstream.MessageDecoder;

/**
 * The bytes that an invoked function streams. Its end is reached only when Lambda says that the
 * invocation is complete and the function did not fail; anything else is an {@link AwsException}.
 * For one thread at a time; {@link #close} may be called by any.
 */
public final class InvocationStream extends InputStream {

  private static final int READ = 16_384;

  private final AwsOperation operation;
  private final OutboundResponse response;
  private final InputStream body;
  private final Deque<Message> messages = new ArrayDeque<>();
  private final MessageDecoder decoder = new MessageDecoder(messages::add);
  private final byte[] read = new byte[READ];
  private byte[] chunk = new byte[0];
  private int position;
  private boolean complete;

  InvocationStream(AwsOperation operation, OutboundResponse response) {
    this.operation = operation;
    this.response = response;
    this.body = response.body();
  }

  /** Until when the next reads must have their bytes. */
  public void readDeadline(Deadline deadline) {
    response.readDeadline(deadline);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (position == chunk.length) {
      if (complete) {
        return -1;
      }
      take(next());
    }
    int taken = Math.min(length, chunk.length - position);
    System.arraycopy(chunk, position, bytes, offset, taken);
    position += taken;
    return taken;
  }

  private Message next() throws IOException {
    Message message = messages.poll();
    while (message == null) {
      fill();
      message = messages.poll();
    }
    return message;
  }

  private void fill() throws AwsException {
    int count;
    try {
      count = body.read(read, 0, READ);
    } catch (SocketTimeoutException e) {
      throw new AwsException(Kind.TIMEOUT, "", 0, null, operation + ": the stream fell silent", e);
    } catch (IOException e) {
      throw truncated(e);
    }
    if (count < 0) {
      throw truncated(new EOFException());
    }
    try {
      decoder.feed(read, 0, count);
    } catch (RuntimeException e) {
      throw ErrorAnswers.protocol(operation, "the stream is damaged", e);
    }
  }

  private AwsException truncated(IOException e) {
    return new AwsException(
        Kind.TRUNCATED,
        "",
        0,
        null,
        operation + ": the stream was cut off before InvokeComplete",
        e);
  }

  private void take(Message message) throws AwsException {
    String kind = header(message, ":message-type");
    if (!kind.equals("event")) {
      String code = header(message, kind.equals("exception") ? ":exception-type" : ":error-code");
      throw new AwsException(
          Kind.UNAVAILABLE, code, 0, null, operation + ": the stream ended with " + code, null);
    }
    switch (header(message, ":event-type")) {
      case "PayloadChunk" -> {
        chunk = message.getPayload();
        position = 0;
      }
      case "InvokeComplete" -> complete(message.getPayload());
      default -> {} // a kind of event that is yet to be invented
    }
  }

  private void complete(byte[] payload) throws AwsException {
    String code = errorCode(payload);
    if (code != null) {
      throw new AwsException(
          Kind.FUNCTION, code, 0, null, operation + ": the function failed with " + code, null);
    }
    complete = true;
  }

  private @Nullable String errorCode(byte[] payload) throws AwsException {
    try {
      return Json.read(payload) instanceof JsonObject end ? end.text("ErrorCode") : null;
    } catch (JsonSyntaxException e) {
      throw ErrorAnswers.protocol(operation, "InvokeComplete is not JSON", e);
    }
  }

  private static String header(Message message, String name) {
    HeaderValue value = message.getHeaders().get(name);
    return value == null ? "" : value.getString();
  }

  /** Closes the connection unless the stream has come to its end. */
  @Override
  public void close() throws IOException {
    response.close();
  }
}
