package io.sluice.local.http;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.sluice.core.http.Body;
import io.sluice.core.http.Headers;
import io.sluice.core.http.HttpRequest;
import java.net.InetSocketAddress;

/** A request whose head has arrived and whose body may still be on its way. */
final class Incoming {

  private final io.netty.handler.codec.http.HttpRequest head;
  private final HttpRequest.Client client;
  private final BodyBuffer body;
  private final long arrivedNanos = System.nanoTime();
  private final long announced;

  private Incoming(
      io.netty.handler.codec.http.HttpRequest head,
      HttpRequest.Client client,
      BodyBuffer body,
      long announced) {
    this.head = head;
    this.client = client;
    this.body = body;
    this.announced = announced;
  }

  static Incoming of(io.netty.handler.codec.http.HttpRequest head, Channel channel, Host host) {
    String length = head.headers().get(HttpHeaderNames.CONTENT_LENGTH);
    long announced = length == null ? -1 : Long.parseLong(length);
    return new Incoming(
        head,
        client(channel),
        new BodyBuffer(host.budget(), host.limits().bodyBytes(), announced),
        announced);
  }

  /** Who is connected. */
  static HttpRequest.Client client(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress address
        ? new HttpRequest.Client(address.getAddress().getHostAddress(), address.getPort())
        : new HttpRequest.Client("unknown", 0);
  }

  /** The Content-Length; negative when there is none. */
  long announced() {
    return announced;
  }

  BodyBuffer body() {
    return body;
  }

  boolean isHead() {
    return head.method().equals(HttpMethod.HEAD);
  }

  boolean isHttp10() {
    return head.protocolVersion().equals(HttpVersion.HTTP_1_0);
  }

  boolean keepAlive() {
    return !isHttp10() && !head.headers().containsValue(HttpHeaderNames.CONNECTION, "close", true);
  }

  boolean expectsContinue() {
    return !isHttp10() && head.headers().contains(HttpHeaderNames.EXPECT) && announced != 0;
  }

  /** The request as handlers see it. */
  HttpRequest complete(Body received) {
    String target = withoutAuthority(head.uri());
    int query = target.indexOf('?');
    return new HttpRequest(
        head.method().name(),
        query < 0 ? target : target.substring(0, query),
        query < 0 ? "" : target.substring(query + 1),
        headers(head.headers()),
        received,
        client,
        head.protocolVersion().majorVersion() + "." + head.protocolVersion().minorVersion(),
        arrivedNanos);
  }

  private static Headers headers(HttpHeaders sent) {
    Headers.Builder headers = Headers.builder();
    sent.iteratorAsString().forEachRemaining(line -> headers.add(line.getKey(), line.getValue()));
    return headers.build();
  }

  /** A target may be an absolute URL (RFC 9112 3.2.2); what is served does not depend on it. */
  private static String withoutAuthority(String target) {
    if (target.startsWith("/")) {
      return target;
    }
    int authority = target.indexOf("://");
    if (authority < 0) {
      return "/" + target;
    }
    for (int i = authority + 3; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c == '/') {
        return target.substring(i);
      }
      if (c == '?') {
        return "/" + target.substring(i);
      }
    }
    return "/";
  }
}
