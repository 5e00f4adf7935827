package io.sluice.backend.openai;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events (HTML standard, section 9.2): lines that end with LF, CR LF or CR,
 * comments, data of several lines, events cut anywhere. For one thread at a time.
 */
final class EventStream {

  /** The longest line, and the longest data of one event, in bytes. */
  static final int LONGEST = 1_048_576;

  /** The most bytes of comments, empty lines and unknown fields before an event, data included. */
  static final int MOST_NOISE = 8 * LONGEST;

  private static final byte[] DONE = "data: [DONE]".getBytes(StandardCharsets.US_ASCII);

  private final InputStream in;
  private byte[] buffer = new byte[8_192];
  private int start;
  private int scanned;
  private int limit;
  private boolean skipLineFeed;
  private boolean ended;
  private long bytes;

  /** The bytes of the last line: {@code buffer[lineStart, lineEnd)}. */
  private int lineStart;

  private int lineEnd;

  EventStream(InputStream in) {
    this.in = in;
  }

  /** An event: its name, empty for none, and its data. */
  @SuppressWarnings("ArrayRecordComponent")
  record Event(String name, byte[] data) {

    /** Whether it is the protocol's last event. */
    boolean done() {
      return data.length == 6 && new String(data, StandardCharsets.ISO_8859_1).equals("[DONE]");
    }
  }

  /** A line or an event is longer than {@link #LONGEST}, or noise than {@link #MOST_NOISE}. */
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLongException() {
      super("a line of the stream is longer than " + LONGEST + " bytes");
    }

    private TooLongException(String message) {
      super(message);
    }

    static TooLongException noise() {
      return new TooLongException("the stream sends " + MOST_NOISE + " bytes without an event");
    }
  }

  /** All bytes that were read so far. */
  long bytes() {
    return bytes;
  }

  /**
   * The next event with data; {@code null} at the stream's end. Data that no empty line ended is
   * dropped, as the standard says, but for the last event's.
   */
  @Nullable Event next() throws IOException {
    String name = "";
    byte[] data = null;
    long begun = bytes;
    while (line()) {
      if (bytes - begun > MOST_NOISE) {
        throw TooLongException.noise();
      }
      if (lineStart == lineEnd) {
        if (data != null) {
          return new Event(name, data);
        }
        name = "";
      } else if (field("data")) {
        data = data == null ? value() : joined(data, value());
      } else if (field("event")) {
        name = new String(value(), StandardCharsets.UTF_8);
      }
    }
    return data != null ? new Event(name, data) : null;
  }

  private byte[] joined(byte[] first, byte[] second) throws IOException {
    if (first.length + second.length >= LONGEST) {
      throw new TooLongException();
    }
    ByteArrayOutputStream joined = new ByteArrayOutputStream(first.length + second.length + 1);
    joined.writeBytes(first);
    joined.write('\n');
    joined.writeBytes(second);
    return joined.toByteArray();
  }

  private boolean field(String name) {
    int end = lineStart + name.length();
    if (end > lineEnd || (end < lineEnd && buffer[end] != ':')) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (buffer[lineStart + i] != name.charAt(i)) {
        return false;
      }
    }
    valueStart = end < lineEnd ? end + 1 : end;
    if (valueStart < lineEnd && buffer[valueStart] == ' ') {
      valueStart++;
    }
    return true;
  }

  private int valueStart;

  private byte[] value() {
    return Arrays.copyOfRange(buffer, valueStart, lineEnd);
  }

  /** Finds the next line; false at the stream's end. */
  private boolean line() throws IOException {
    while (true) {
      for (; scanned < limit; scanned++) {
        byte b = buffer[scanned];
        if (b == '\n' && skipLineFeed && scanned == start) {
          start++; // the second half of CR LF
          skipLineFeed = false;
        } else if (b == '\n' || b == '\r') {
          lineStart = start;
          lineEnd = scanned;
          skipLineFeed = b == '\r';
          start = ++scanned;
          withoutByteOrderMark();
          return true;
        }
      }
      if (ended || !fill()) {
        return lastLine();
      }
    }
  }

  /** A line without an end counts only if it is the stream's last event. */
  private boolean lastLine() {
    boolean done = Arrays.equals(buffer, start, limit, DONE, 0, DONE.length);
    lineStart = start;
    lineEnd = limit;
    start = limit;
    return done;
  }

  private boolean atBeginning = true;

  private void withoutByteOrderMark() {
    if (atBeginning) {
      atBeginning = false;
      boolean mark =
          lineEnd - lineStart >= 3
              && buffer[lineStart] == (byte) 0xEF
              && buffer[lineStart + 1] == (byte) 0xBB
              && buffer[lineStart + 2] == (byte) 0xBF;
      lineStart += mark ? 3 : 0;
    }
  }

  private boolean fill() throws IOException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, limit - start);
      limit -= start;
      scanned -= start;
      start = 0;
    }
    if (limit >= LONGEST) {
      throw new TooLongException();
    }
    if (limit == buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.min(LONGEST, limit * 2));
    }
    int read = in.read(buffer, limit, buffer.length - limit);
    if (read < 0) {
      ended = true;
      return false;
    }
    limit += read;
    bytes += read;
    return true;
  }
}
