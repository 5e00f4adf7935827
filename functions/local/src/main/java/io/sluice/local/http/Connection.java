package io.sluice.local.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.sluice.core.http.Body;
import io.sluice.core.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection: gathers a request, lets it be handled on a virtual thread, and goes on once it is
 * answered. Runs on its event loop alone.
 */
// Netty closes a channel whose write failed; what ends is seen in one place, channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class Connection extends ChannelInboundHandlerAdapter {

  private final Host host;
  private final StrictRequestDecoder decoder;
  private final WriteStall stall;
  private @Nullable Incoming incoming;
  private @Nullable Answer answer;
  private @Nullable ScheduledFuture<?> timer;
  private @Nullable ScheduledFuture<?> watch;
  private boolean last;
  private boolean leaving;

  Connection(Host host, StrictRequestDecoder decoder) {
    this.host = host;
    this.decoder = decoder;
    this.stall = new WriteStall(host.limits().stall());
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    arm(ctx, host.limits().firstByte(), ctx::close);
    long step = Math.max(1, host.limits().stall().toNanos() / 4);
    watch =
        ctx.executor().scheduleWithFixedDelay(() -> watch(ctx), step, step, TimeUnit.NANOSECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      switch (message) {
        case ProtocolError problem -> refuse(ctx, problem);
        case HttpRequest request -> begin(ctx, request);
        case HttpContent piece -> add(ctx, piece);
        default -> throw new IllegalStateException("unexpected " + message.getClass());
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (incoming != null && timer == null) {
      arm(ctx, host.limits().body(), () -> handle(ctx, new Body.TooSlow()));
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof StrictRequestDecoder.Notice notice) {
      switch (notice) {
        case HEAD_BEGUN -> {
          ProtocolError slow = new ProtocolError(408, "The request's head did not arrive in time");
          arm(ctx, host.limits().head(), () -> refuse(ctx, slow));
        }
        case TOO_EARLY -> last = true;
        case DRAINED -> ctx.close();
      }
    } else if (event instanceof Host.Shutdown) {
      last = true;
      if (answer == null && !decoder.underway()) {
        ctx.close();
      }
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (answer != null) {
      answer.writable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    disarm();
    if (watch != null) {
      watch.cancel(false);
    }
    if (incoming != null) {
      incoming.body().release();
      incoming = null;
    }
    if (answer != null) {
      answer.callerLeft();
    }
  }

  /** A reset, a failed handshake: the caller's business. Anything else would be ours. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    host.report(cause);
    ctx.close();
  }

  private void begin(ChannelHandlerContext ctx, HttpRequest head) {
    disarm();
    incoming = Incoming.of(head, ctx.channel(), host);
    if (incoming.announced() > host.limits().bodyBytes()) {
      handle(ctx, new Body.TooLarge());
    } else if (incoming.expectsContinue()) {
      ctx.writeAndFlush(
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
    }
  }

  private void add(ChannelHandlerContext ctx, HttpContent piece) {
    if (incoming == null) {
      return;
    }
    switch (incoming.body().add(piece.content())) {
      case TOO_LARGE -> handle(ctx, new Body.TooLarge());
      case NO_MEMORY ->
          refuse(ctx, new ProtocolError(503, "Too many large bodies arrive at once: try again"));
      case TAKEN -> {
        if (piece instanceof LastHttpContent) {
          handle(ctx, new Body.Complete(incoming.body().bytes()));
        }
      }
    }
  }

  private void handle(ChannelHandlerContext ctx, Body body) {
    Incoming request = incoming;
    if (request == null) {
      return;
    }
    disarm();
    incoming = null;
    if (!(body instanceof Body.Complete)) {
      last = true;
      decoder.drop();
    }
    boolean keepAlive = request.keepAlive() && !last;
    Answer next =
        new Answer(
            ctx.channel(),
            new Answer.Request(request.isHead(), request.isHttp10(), keepAlive),
            host.answerHead(),
            () -> answered(ctx, keepAlive));
    answer = next;
    try {
      host.handle(request.complete(body), next, request.body()::release);
    } catch (RejectedExecutionException e) {
      request.body().release();
      ctx.close();
    }
  }

  private void answered(ChannelHandlerContext ctx, boolean keepAlive) {
    answer = null;
    if (!ctx.channel().isActive()) {
      return;
    }
    if (keepAlive && !last) {
      arm(ctx, host.limits().idle(), ctx::close);
      decoder.next(ctx.pipeline());
    } else {
      leave(ctx);
    }
  }

  private void refuse(ChannelHandlerContext ctx, ProtocolError problem) {
    if (leaving) {
      return;
    }
    disarm();
    if (incoming != null) {
      incoming.body().release();
      incoming = null;
    }
    decoder.drop();
    HttpResponse response = host.refusal(problem, ctx.channel());
    DefaultFullHttpResponse message =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(response.status()),
            decoder.headOnly() ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(response.body()));
    message.headers().set(host.answerHead().of(response.headers(), false));
    message.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.body().length);
    ctx.writeAndFlush(message);
    leave(ctx);
  }

  /**
   * Closes behind what was written, but reads on for a while: closing a socket that holds unread
   * bytes resets it, and the caller would lose the answer.
   */
  private void leave(ChannelHandlerContext ctx) {
    if (leaving) {
      return;
    }
    leaving = true;
    decoder.drop();
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            (ChannelFutureListener)
                written -> {
                  if (!written.isSuccess() || ctx.pipeline().get(SslHandler.class) != null) {
                    ctx.close();
                  } else if (ctx.channel() instanceof DuplexChannel duplex && duplex.isActive()) {
                    duplex.shutdownOutput();
                    arm(ctx, host.limits().linger(), ctx::close);
                  }
                });
  }

  private void watch(ChannelHandlerContext ctx) {
    if (stall.lasts(ctx.channel())) {
      ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
      ctx.close();
    }
  }

  private void arm(ChannelHandlerContext ctx, Duration time, Runnable action) {
    disarm();
    timer = ctx.executor().schedule(action, time.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void disarm() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
