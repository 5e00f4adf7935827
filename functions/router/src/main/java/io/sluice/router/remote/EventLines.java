package io.sluice.router.remote;

import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.model.ModelEvent;
import io.sluice.core.model.ModelProtocol;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A backend's events as they come, one JSON object a line. For one thread. */
final class EventLines {

  /** An answer that is not streamed is one line; no model writes that much. */
  static final int LONGEST = 16 * 1024 * 1024;

  private final InputStream in;
  private byte[] buffer = new byte[16_384];
  private int start;
  private int scanned;
  private int end;

  EventLines(InputStream in) {
    this.in = in;
  }

  /**
   * The next event; {@code null} at the stream's end, where an unfinished line counts as none.
   *
   * @throws JsonSyntaxException if a line is no event
   * @throws LineTooLongException if a line is longer than {@value #LONGEST} bytes
   * @throws IOException what the stream throws
   */
  @Nullable ModelEvent next() throws IOException, JsonSyntaxException {
    while (true) {
      for (; scanned < end; scanned++) {
        if (buffer[scanned] == '\n') {
          byte[] line = Arrays.copyOfRange(buffer, start, scanned);
          start = ++scanned;
          return ModelProtocol.readEvent(line);
        }
      }
      makeRoom();
      int read = in.read(buffer, end, buffer.length - end);
      if (read < 0) {
        return null;
      }
      end += read;
    }
  }

  private void makeRoom() throws LineTooLongException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      scanned -= start;
      start = 0;
    }
    if (end == buffer.length) {
      if (end >= LONGEST) {
        throw new LineTooLongException();
      }
      buffer = Arrays.copyOf(buffer, end * 2);
    }
  }

  /** A line beyond the limit. */
  static final class LineTooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    LineTooLongException() {
      super("a line is longer than " + LONGEST + " bytes");
    }
  }
}
