package io.sluice.core.http;

/** A request's body as the host received it. */
public sealed interface Body {

  /** The largest body that is accepted, in bytes. */
  int MAX_BYTES = 5 * 1024 * 1024;

  Body EMPTY = new Complete(new byte[0]);

  /** The whole body. Callers must not change the array. */
  @SuppressWarnings("ArrayRecordComponent")
  record Complete(byte[] bytes) implements Body {
    @Override
    public String toString() {
      return bytes.length + " bytes";
    }
  }

  /** A body larger than {@link #MAX_BYTES}, announced or received; its rest was not read. */
  record TooLarge() implements Body {}

  /** A body that did not arrive in time. */
  record TooSlow() implements Body {}
}
