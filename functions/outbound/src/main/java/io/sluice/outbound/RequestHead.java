package io.sluice.outbound;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;

/** The head of a request as bytes. */
final class RequestHead {

  private final StringBuilder text = new StringBuilder(512);

  private RequestHead() {}

  /**
   * The request line and headers, with {@code Host} and {@code Content-Length}.
   *
   * @throws ProtocolException if a header would break out of its line; its value is not named
   */
  static byte[] of(OutboundRequest request, Endpoint endpoint) throws IOException {
    RequestHead head = new RequestHead();
    String path = endpoint.path().isEmpty() ? "/" : endpoint.path();
    String query = request.url().getRawQuery();
    head.text.append(request.method()).append(' ').append(path);
    if (query != null) {
      head.text.append('?').append(query);
    }
    head.text.append(" HTTP/1.1\r\n");
    head.line("Host", endpoint.authority());
    request.headers().forEach(head::line);
    if (request.body().length > 0 || request.method().equals("POST")) {
      head.line("Content-Length", Integer.toString(request.body().length));
    }
    head.text.append("\r\n");
    return head.text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private void line(String name, String value) {
    text.append(name).append(": ").append(value).append("\r\n");
  }

  /** Refuses headers that HTTP cannot carry. */
  static void check(OutboundRequest request) throws ProtocolException {
    if (!request.method().equals("GET") && !request.method().equals("POST")) {
      throw new ProtocolException("only GET and POST are sent");
    }
    StringBuilder bad = new StringBuilder();
    request
        .headers()
        .forEach(
            (name, value) -> {
              if (!HeaderSyntax.name(name)) {
                bad.append(" (a name)");
              } else if (!HeaderSyntax.value(value)) {
                bad.append(' ').append(name);
              }
            });
    if (!bad.isEmpty()) {
      throw new ProtocolException("headers hold characters that HTTP forbids:" + bad);
    }
  }
}
