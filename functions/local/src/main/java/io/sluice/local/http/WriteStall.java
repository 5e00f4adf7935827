package io.sluice.local.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;

/**
 * Notices that a caller takes no byte although some wait for it. Not thread-safe: belongs to one
 * connection's event loop.
 */
final class WriteStall {

  private final long limitNanos;
  private long pending;
  private long progress;
  private int current;
  private long since;

  WriteStall(Duration limit) {
    limitNanos = limit.toNanos();
  }

  /** Whether nothing has moved for the limit; call it again and again. */
  boolean lasts(Channel channel) {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    long now = System.nanoTime();
    if (buffer == null || buffer.totalPendingWriteBytes() == 0) {
      pending = 0;
      return false;
    }
    int message = System.identityHashCode(buffer.current());
    boolean moved = pending == 0 || message != current || buffer.currentProgress() != progress;
    pending = buffer.totalPendingWriteBytes();
    progress = buffer.currentProgress();
    current = message;
    if (moved) {
      since = now;
    }
    return now - since >= limitNanos;
  }
}
