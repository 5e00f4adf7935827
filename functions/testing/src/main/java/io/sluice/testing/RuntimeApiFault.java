package io.sluice.testing;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * How a Runtime API meets an answer it doesn't take. Immutable.
 *
 * @param afterChunks how much of a chunked answer is read first
 * @param status what is answered; 0 for nothing
 * @param end what then becomes of the connection
 */
public record RuntimeApiFault(int afterChunks, int status, End end) {

  /** What becomes of a connection. */
  public enum End {
    KEEP,
    CLOSE,
    RESET
  }

  /** The whole answer is read and refused. */
  public static RuntimeApiFault refusal(int status) {
    return new RuntimeApiFault(Integer.MAX_VALUE, status, End.KEEP);
  }

  /** Refused in the middle, the connection closed. */
  public static RuntimeApiFault refusalAfter(int chunks, int status) {
    return new RuntimeApiFault(chunks, status, End.CLOSE);
  }

  /** The connection is closed or reset in the middle, without a word. */
  public static RuntimeApiFault cutAfter(int chunks, End end) {
    return new RuntimeApiFault(chunks, 0, end);
  }

  /** Plays it; whether the connection goes on. */
  boolean play(Socket socket) throws IOException {
    if (status != 0) {
      socket
          .getOutputStream()
          .write(
              ("HTTP/1.1 " + status + " Refused\r\nContent-Length: 0\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
    }
    if (end == End.RESET) {
      socket.setSoLinger(true, 0);
    }
    return end == End.KEEP;
  }
}
