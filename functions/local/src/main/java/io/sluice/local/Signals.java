package io.sluice.local;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The first SIGINT or SIGTERM asks for an orderly end, the second ends at once. The platform's
 * shutdown hooks can't tell the two apart, and the compiler lets nobody name {@code
 * sun.misc.Signal} without a warning; hence reflection, once at the start.
 */
final class Signals {

  private static final int KILLED_BY_SIGNAL = 130;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final AtomicBoolean again = new AtomicBoolean();

  /** Listens from now on. Where the platform has no such signals the default remains. */
  static Signals listen() {
    Signals signals = new Signals();
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handlerType},
              (proxy, method, arguments) -> {
                signals.received();
                return null;
              });
      for (String name : new String[] {"INT", "TERM"}) {
        Object named = signal.getConstructor(String.class).newInstance(name);
        signal.getMethod("handle", signal, handlerType).invoke(null, named, handler);
      }
    } catch (ReflectiveOperationException e) {
      Runtime.getRuntime().addShutdownHook(new Thread(signals::received, "shutdown"));
    }
    return signals;
  }

  private void received() {
    if (again.getAndSet(true)) {
      Runtime.getRuntime().halt(KILLED_BY_SIGNAL);
    }
    asked.countDown();
  }

  /** Waits for the first one. */
  void await() throws InterruptedException {
    asked.await();
  }
}
