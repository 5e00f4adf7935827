package io.sluice.local.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.sluice.core.http.HttpHandler;
import io.sluice.core.log.JsonLog;
import io.sluice.core.time.Deadline;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 server on Netty: strict at the wire, bounded by {@link HttpLimits}, each request
 * handled on a virtual thread. Thread-safe.
 */
// Netty closes a channel whose write failed; what ends is seen in one place, channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
public final class HttpServer {

  /** Small, so that a caller that stops reading is noticed before much has been made for it. */
  private static final int SEND_BUFFER = 128 * 1024;

  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(16 * 1024, 48 * 1024);

  private final EventLoopGroup loops;
  private final Host host;
  private final ChannelGroup connections;
  private final Channel listener;

  private HttpServer(EventLoopGroup loops, Host host, ChannelGroup connections, Channel listener) {
    this.loops = loops;
    this.host = host;
    this.connections = connections;
    this.listener = listener;
  }

  /**
   * Listens and serves.
   *
   * @param address where; port 0 takes any free one
   * @param tls the certificate, {@code null} for plain HTTP
   * @throws IOException if the address can't be listened at
   */
  public static HttpServer start(
      InetSocketAddress address,
      @Nullable SslContext tls,
      HttpHandler handler,
      HttpLimits limits,
      JsonLog log)
      throws IOException {
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            Runtime.getRuntime().availableProcessors(),
            new DefaultThreadFactory("http", true),
            NioIoHandler.newFactory());
    Host host = new Host(handler, limits, log);
    ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    var bound =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 1_024)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
            .childHandler(pipeline(tls, host, connections))
            .bind(address)
            .awaitUninterruptibly();
    Throwable problem = bound.cause();
    if (problem != null) {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw problem instanceof IOException e ? e : new IOException(problem);
    }
    return new HttpServer(loops, host, connections, bound.channel());
  }

  private static ChannelInitializer<Channel> pipeline(
      @Nullable SslContext tls, Host host, ChannelGroup connections) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        if (connections.size() >= host.limits().connections()) {
          channel.close();
          return;
        }
        if (tls != null) {
          channel.pipeline().addLast(tls.newHandler(channel.alloc()));
        }
        StrictRequestDecoder decoder = new StrictRequestDecoder(host.limits());
        channel
            .pipeline()
            .addLast(decoder, new HttpResponseEncoder(), new Connection(host, decoder));
        connections.add(channel);
        if (!channel.parent().isOpen()) {
          channel.close(); // accepted while the server stopped, which may have told all others
        }
      }
    };
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /**
   * Listens no more, lets requests that are under way finish within that time, then ends all
   * connections.
   */
  public void stop(Duration grace) {
    Deadline deadline = Deadline.after(grace);
    listener.close().awaitUninterruptibly();
    connections.forEach(channel -> channel.pipeline().fireUserEventTriggered(new Host.Shutdown()));
    connections.newCloseFuture().awaitUninterruptibly(deadline.remaining().toMillis());
    connections.close().awaitUninterruptibly(1_000);
    try {
      host.await(deadline.remaining().plusSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
