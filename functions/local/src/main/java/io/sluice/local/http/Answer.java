package io.sluice.local.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.sluice.core.http.Headers;
import io.sluice.core.http.HttpResponse;
import io.sluice.core.http.ResponseStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The answer to one request on a channel. Writes block while the caller is slow; the connection
 * cuts a caller that takes nothing at all, which ends the wait. Thread-safe as {@link
 * ResponseStream} says.
 */
// Netty closes a channel whose write failed; what ends is seen in one place, channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class Answer implements ResponseStream {

  /** A piece on its way to the socket; small, so that a slow caller's progress is seen. */
  private static final int PIECE = 16 * 1024;

  /** What the answer needs to know of its request. */
  record Request(boolean head, boolean http10, boolean keepAlive) {}

  private enum State {
    NEW,
    BODY,
    ENDED
  }

  private final Channel channel;
  private final Request request;
  private final AnswerHead head;
  private final Runnable whenEnded;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Runnable> closeActions = new ArrayList<>();
  private boolean closed;
  private State state = State.NEW;

  /**
   * @param whenEnded runs on the channel's event loop behind the last write
   */
  Answer(Channel channel, Request request, AnswerHead head, Runnable whenEnded) {
    this.channel = channel;
    this.request = request;
    this.head = head;
    this.whenEnded = whenEnded;
  }

  @Override
  public void send(HttpResponse response) throws IOException {
    expect(State.NEW);
    awaitRoom();
    HttpHeaders headers = head.of(response.headers(), request.keepAlive());
    byte[] body = response.body();
    HttpResponseStatus status = HttpResponseStatus.valueOf(response.status());
    if (hasBody(response.status())) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, body.length);
    }
    boolean silent = request.head() || !hasBody(response.status());
    if (silent || body.length <= PIECE) {
      end(
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1,
              status,
              silent ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body),
              headers,
              EmptyHttpHeaders.INSTANCE));
    } else {
      changeTo(State.BODY);
      channel.write(new DefaultHttpResponse(HttpVersion.HTTP_1_1, status, headers));
      pieces(body);
      end(LastHttpContent.EMPTY_LAST_CONTENT);
    }
  }

  @Override
  public void begin(int status, Headers own) throws IOException {
    expect(State.NEW);
    awaitRoom();
    HttpHeaders headers = head.of(own, request.keepAlive());
    if (!request.http10() && !request.head()) {
      headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
    changeTo(State.BODY);
    channel.writeAndFlush(
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), headers));
  }

  @Override
  public void write(byte[] piece) throws IOException {
    expect(State.BODY);
    awaitRoom();
    if (piece.length > 0 && !request.head()) {
      pieces(piece);
    }
  }

  @Override
  public void end() throws IOException {
    expect(State.BODY);
    awaitRoom();
    end(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  @Override
  public void abort() {
    lock.lock();
    try {
      if (state == State.ENDED) {
        return;
      }
      state = State.ENDED;
    } finally {
      lock.unlock();
    }
    channel.eventLoop().execute(this::breakOff);
  }

  @Override
  public void onClosed(Runnable action) {
    lock.lock();
    try {
      if (!closed) {
        closeActions.add(action);
        return;
      }
    } finally {
      lock.unlock();
    }
    action.run();
  }

  /** The channel takes bytes again. Called by the event loop. */
  void writable() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The caller has left. Called by the event loop; the actions run elsewhere, they may block. A
   * writer learns of it after them, so that who asks why a write failed knows already.
   */
  void callerLeft() {
    List<Runnable> due;
    lock.lock();
    try {
      due = state == State.ENDED ? List.of() : List.copyOf(closeActions);
      closeActions.clear();
    } finally {
      lock.unlock();
    }
    if (due.isEmpty()) {
      close();
    } else {
      Thread.startVirtualThread(
          () -> {
            try {
              due.forEach(Runnable::run);
            } finally {
              close();
            }
          });
    }
  }

  private void close() {
    List<Runnable> late;
    lock.lock();
    try {
      closed = true;
      late = state == State.ENDED ? List.of() : List.copyOf(closeActions);
      closeActions.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    late.forEach(Runnable::run);
  }

  private void pieces(byte[] body) throws IOException {
    for (int start = 0; start < body.length; start += PIECE) {
      if (start > 0) {
        awaitRoom();
      }
      int length = Math.min(PIECE, body.length - start);
      channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(body, start, length)));
    }
  }

  private void end(Object last) {
    changeTo(State.ENDED);
    channel
        .eventLoop()
        .execute(
            () -> {
              channel.writeAndFlush(last);
              whenEnded.run();
            });
  }

  /**
   * Ends the connection behind what was written. Without a last chunk the caller sees that the
   * answer is not whole; where the connection's end is the answer's end, only a reset says so.
   */
  private void breakOff() {
    if (request.http10() && channel.isActive()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  private void awaitRoom() throws IOException {
    if (channel.isWritable() && channel.isActive()) {
      return;
    }
    lock.lock();
    try {
      while (!closed && !(channel.isActive() && channel.isWritable())) {
        changed.awaitUninterruptibly();
      }
      if (closed) {
        throw new IOException("the caller has left");
      }
    } finally {
      lock.unlock();
    }
  }

  private void expect(State expected) throws IOException {
    lock.lock();
    try {
      if (closed) {
        throw new IOException("the caller has left");
      }
      if (state != expected) {
        throw new IllegalStateException("the answer is " + state + ", not " + expected);
      }
    } finally {
      lock.unlock();
    }
  }

  private void changeTo(State next) {
    lock.lock();
    try {
      state = next;
    } finally {
      lock.unlock();
    }
  }

  private static boolean hasBody(int status) {
    return status >= 200 && status != 204 && status != 304;
  }
}
