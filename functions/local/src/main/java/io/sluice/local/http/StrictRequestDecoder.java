package io.sluice.local.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Netty's decoder behind a gate: a head is judged whole ({@link RequestHead}) before Netty sees it,
 * and the next request waits until {@link #next} says that the last one is answered. What is not
 * acceptable becomes a {@link ProtocolError}, and all bytes after it are dropped.
 */
final class StrictRequestDecoder extends HttpRequestDecoder {

  /** What the decoder tells the connection beside messages. */
  enum Notice {
    /** The first byte of a request has arrived, and its head is not whole. */
    HEAD_BEGUN,
    /** The caller sent too much before its answer: the connection can't serve another request. */
    TOO_EARLY,
    /** The caller goes on sending a request that was refused. */
    DRAINED
  }

  private enum Phase {
    HEAD,
    BODY,
    ANSWER,
    DROP
  }

  private static final String HEAD_METHOD = "HEAD ";

  private final HttpLimits limits;
  private final HeadScan scan;
  private Phase phase = Phase.HEAD;
  private boolean begun;
  private boolean headOnly;
  private int dropped;

  StrictRequestDecoder(HttpLimits limits) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(limits.requestLineBytes())
            .setMaxHeaderSize(limits.headBytes())
            .setMaxChunkSize(64 * 1024)
            .setHeadersFactory(DefaultHttpHeadersFactory.headersFactory().withValidation(false))
            .setStrictLineParsing(true));
    this.limits = limits;
    this.scan = new HeadScan(limits);
  }

  /** Drops everything that is still to come. */
  void drop() {
    phase = Phase.DROP;
  }

  /** Reads the next request; it may have arrived already. */
  void next(ChannelPipeline pipeline) {
    if (phase == Phase.ANSWER) {
      phase = Phase.HEAD;
      if (actualReadableBytes() > 0) {
        ChannelHandlerContext own = pipeline.context(this);
        try {
          channelRead(own, Unpooled.EMPTY_BUFFER);
          channelReadComplete(own);
        } catch (Exception e) {
          own.fireExceptionCaught(e);
        }
      }
    }
  }

  /** Whether a request has begun to arrive that is not whole. */
  boolean underway() {
    return begun || phase == Phase.BODY;
  }

  /** Whether the last request, however malformed, asks for an answer's head alone. */
  boolean headOnly() {
    return headOnly;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    switch (phase) {
      case HEAD -> head(ctx, in, out);
      case BODY -> parse(ctx, in, out);
      case ANSWER -> {
        if (in.readableBytes() > limits.earlyBytes()) {
          phase = Phase.DROP;
          ctx.fireUserEventTriggered(Notice.TOO_EARLY);
        }
      }
      case DROP -> {
        dropped += in.readableBytes();
        in.skipBytes(in.readableBytes());
        if (dropped > limits.drainBytes()) {
          ctx.fireUserEventTriggered(Notice.DRAINED);
        }
      }
    }
  }

  /** An unfinished request is of no use once the caller has left. */
  @Override
  protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    in.skipBytes(in.readableBytes());
  }

  private void head(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    skipEmptyLine(in);
    headOnly = asksHead(in);
    int length;
    try {
      length = scan.length(in);
    } catch (MalformedHeadException e) {
      refuse(e.problem(), in, out);
      return;
    }
    if (length == 0) {
      if (!begun) {
        begun = true;
        ctx.fireUserEventTriggered(Notice.HEAD_BEGUN);
      }
      return;
    }
    begun = false;
    byte[] head = new byte[length];
    in.getBytes(in.readerIndex(), head);
    ProtocolError problem = RequestHead.judge(head);
    if (problem != null) {
      refuse(problem, in, out);
      return;
    }
    phase = Phase.BODY;
    parse(ctx, in, out);
  }

  private static boolean asksHead(ByteBuf in) {
    return in.readableBytes() >= HEAD_METHOD.length()
        && in.toString(in.readerIndex(), HEAD_METHOD.length(), StandardCharsets.US_ASCII)
            .equals(HEAD_METHOD);
  }

  /** RFC 9112 2.2: an empty line before a request is ignored; here it is one. */
  private void skipEmptyLine(ByteBuf in) {
    int start = in.readerIndex();
    if (!begun
        && in.readableBytes() > 2
        && in.getByte(start) == '\r'
        && in.getByte(start + 1) == '\n') {
      in.skipBytes(2);
    }
  }

  private void parse(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    int before = out.size();
    super.decode(ctx, in, out);
    for (int i = before; i < out.size(); i++) {
      HttpObject object = (HttpObject) out.get(i);
      if (object.decoderResult().isFailure()) {
        List<Object> unusable = out.subList(i, out.size());
        unusable.forEach(ReferenceCountUtil::release);
        unusable.clear();
        refuse(new ProtocolError(400, "The body's framing is malformed"), in, out);
        return;
      }
      if (object instanceof LastHttpContent) {
        phase = Phase.ANSWER;
      }
    }
  }

  private void refuse(ProtocolError problem, ByteBuf in, List<Object> out) {
    phase = Phase.DROP;
    begun = false;
    in.skipBytes(in.readableBytes());
    out.add(problem);
  }
}
