package io.sluice.stack.function;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Sends POSIX signals to processes. Linux only. Thread-safe. */
public final class Signals {

  /** Freezes a process. */
  public static final int STOP = 19;

  /** Lets a frozen process go on. */
  public static final int CONTINUE = 18;

  public static final int TERMINATE = 15;
  public static final int KILL = 9;

  private static final MethodHandle SEND = kill();

  private Signals() {}

  @SuppressWarnings("restricted")
  private static MethodHandle kill() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("kill"),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  }

  /** Sends it; a process that is gone gets nothing. */
  public static void send(long pid, int signal) {
    try {
      int ignored = (int) SEND.invokeExact((int) pid, signal);
    } catch (Throwable e) {
      throw new IllegalStateException("kill(2) could not be called", e);
    }
  }
}
