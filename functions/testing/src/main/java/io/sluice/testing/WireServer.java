package io.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocket;

/**
 * A server on a free loopback port whose test decides every byte: each connection is played by a
 * script on its own virtual thread. Thread-safe.
 */
public final class WireServer implements AutoCloseable {

  private final ServerSocket listener;
  private final Script script;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();

  /** Plays one connection; it is closed afterwards. What it throws ends the connection. */
  @FunctionalInterface
  public interface Script {
    void play(WireConnection connection) throws IOException;
  }

  private WireServer(ServerSocket listener, Script script) {
    this.listener = listener;
    this.script = script;
  }

  /** Starts a server on a free port of 127.0.0.1. */
  public static WireServer start(Script script) {
    return start(ServerSocketFactory.getDefault(), script);
  }

  /** Starts a server on a free port of 127.0.0.1, on a socket of that kind, such as one of TLS. */
  public static WireServer start(ServerSocketFactory sockets, Script script) {
    try {
      InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
      return start(sockets.createServerSocket(0, 1024, loopback), script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a server on that socket, such as one of TLS. */
  public static WireServer start(ServerSocket listener, Script script) {
    WireServer server = new WireServer(listener, script);
    Thread.ofVirtual().name("wire-accept").start(server::accept);
    return server;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        accepted.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().name("wire-connection").start(() -> play(socket));
      } catch (IOException e) {
        // Closed, or a connection that broke before it began.
      }
    }
  }

  private void play(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      script.play(new WireConnection(socket));
    } catch (IOException e) {
      // The peer left, or the script wants the connection to end.
    } finally {
      open.remove(socket);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** {@code http://127.0.0.1:PORT}, or {@code https://localhost:PORT} where it speaks TLS. */
  public String origin() {
    String host = listener instanceof SSLServerSocket ? "https://localhost:" : "http://127.0.0.1:";
    return host + port();
  }

  /** How many connections were ever accepted. */
  public int accepted() {
    return accepted.get();
  }

  /** How many connections are open now. */
  public int open() {
    return open.size();
  }

  /** Closes the listener and every connection. */
  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
