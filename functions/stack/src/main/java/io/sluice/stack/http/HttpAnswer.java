package io.sluice.stack.http;

import io.sluice.core.http.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** One answer on its way to the caller; every piece leaves at once. Not thread-safe. */
public final class HttpAnswer {

  private final OutputStream out;
  private final boolean head;
  private boolean begun;
  private boolean bodiless;
  private boolean complete;

  HttpAnswer(OutputStream out, String method) {
    this.out = out;
    this.head = method.equals("HEAD");
  }

  /** Sends a whole answer. */
  public void send(int status, Headers headers, byte[] body) throws IOException {
    begun = true;
    StringBuilder text = start(status, headers);
    text.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    byte[] start = text.toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] whole = java.util.Arrays.copyOf(start, start.length + (head ? 0 : body.length));
    if (!head) {
      System.arraycopy(body, 0, whole, start.length, body.length);
    }
    out.write(whole);
    out.flush();
    complete = true;
  }

  /** Begins an answer of unknown length. */
  public void begin(int status, Headers headers) throws IOException {
    begun = true;
    bodiless = head || status == 204 || status == 304;
    StringBuilder text = start(status, headers);
    text.append(bodiless ? "\r\n" : "Transfer-Encoding: chunked\r\n\r\n");
    out.write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static StringBuilder start(int status, Headers headers) {
    StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " Status\r\n");
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    return text;
  }

  /** Sends a piece of an answer that was begun. */
  public void write(byte[] piece) throws IOException {
    if (piece.length == 0 || bodiless) {
      return;
    }
    byte[] size = (Integer.toHexString(piece.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] chunk = new byte[size.length + piece.length + 2];
    System.arraycopy(size, 0, chunk, 0, size.length);
    System.arraycopy(piece, 0, chunk, size.length, piece.length);
    chunk[chunk.length - 2] = '\r';
    chunk[chunk.length - 1] = '\n';
    out.write(chunk);
    out.flush();
  }

  /** Ends an answer that was begun. Without it the connection is closed: the caller sees a cut. */
  public void end() throws IOException {
    if (!bodiless) {
      out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
    complete = true;
  }

  /** Whether anything was sent. */
  public boolean begun() {
    return begun;
  }

  boolean complete() {
    return complete;
  }
}
