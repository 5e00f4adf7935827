package io.sluice.testing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what each read of a socket gave, and when. For one thread; the records are for all. */
final class RecordingStream extends FilterInputStream {

  private volatile List<RuntimeApiAnswer.Arrival> arrivals = new CopyOnWriteArrayList<>();

  RecordingStream(InputStream in) {
    super(in);
  }

  /** A new record, which fills from now on. */
  List<RuntimeApiAnswer.Arrival> anew() {
    List<RuntimeApiAnswer.Arrival> fresh = new CopyOnWriteArrayList<>();
    arrivals = fresh;
    return fresh;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = in.read(bytes, offset, length);
    if (count > 0) {
      byte[] read = Arrays.copyOfRange(bytes, offset, offset + count);
      arrivals.add(new RuntimeApiAnswer.Arrival(read, System.nanoTime()));
    }
    return count;
  }
}
