package io.sluice.stack.function;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A function and its sandboxes: one for each invocation at once, used again, at most as many as are
 * reserved. Thread-safe.
 */
public final class LambdaFunction implements AutoCloseable {

  /** Lambda's limit for a start; one that takes longer goes on within the function's timeout. */
  private static final Duration INIT = Duration.ofSeconds(10);

  private final FunctionDefinition definition;
  private final FunctionFiles files;
  private final Surroundings surroundings;
  private final Deque<Sandbox> idle = new ArrayDeque<>();
  private final Set<Sandbox> all = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;
  private int busy;
  private int limit;

  LambdaFunction(FunctionDefinition definition, FunctionFiles files, Surroundings surroundings) {
    this.definition = definition;
    this.files = files;
    this.surroundings = surroundings;
    this.limit = definition.reservedConcurrency();
  }

  public FunctionDefinition definition() {
    return definition;
  }

  /** Reserves another number of invocations at once; -1 is without a limit. */
  public synchronized void reserve(int concurrency) {
    limit = concurrency;
  }

  /**
   * Starts an invocation.
   *
   * @param arn the ARN that is invoked, with its qualifier
   * @throws ThrottledException if all reserved concurrency is in use
   */
  public InvocationAnswer invoke(String arn, byte[] event) throws ThrottledException {
    Sandbox reused;
    synchronized (this) {
      if (limit >= 0 && busy >= limit) {
        throw new ThrottledException(definition.name());
      }
      busy++;
      reused = idle.poll();
      while (reused != null && !reused.alive()) {
        all.remove(reused);
        reused = idle.poll();
      }
    }
    InvocationAnswer answer = new InvocationAnswer(UUID.randomUUID().toString());
    Sandbox first = reused;
    Thread.ofVirtual()
        .name("invocation-" + definition.name())
        .start(() -> run(first, arn, event, answer));
    return answer;
  }

  private void run(
      @org.jspecify.annotations.Nullable Sandbox reused,
      String arn,
      byte[] event,
      InvocationAnswer answer) {
    Sandbox sandbox = reused;
    boolean reusable = false;
    try {
      if (sandbox == null) {
        sandbox = Sandbox.start(definition, files, surroundings);
        all.add(sandbox);
        if (closed) {
          sandbox.close();
        }
        FunctionError failure = sandbox.awaitInit(INIT.plus(definition.timeout()));
        if (failure != null) {
          sandbox.close();
          answer.end(failure);
          return;
        }
      }
      reusable = sandbox.invoke(arn, event, answer);
    } catch (IOException | RuntimeException e) {
      answer.end(FunctionError.of("Sandbox.Unavailable", String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      release(sandbox, reusable);
    }
  }

  private synchronized void release(
      @org.jspecify.annotations.Nullable Sandbox sandbox, boolean reusable) {
    busy--;
    if (sandbox != null && reusable) {
      idle.push(sandbox);
    } else if (sandbox != null) {
      all.remove(sandbox);
    }
  }

  /** Sends a signal to the process of every sandbox there is. */
  public void signal(int signal) {
    all.forEach(sandbox -> sandbox.signal(signal));
  }

  /** How many sandboxes there are. */
  public int sandboxes() {
    return (int) all.stream().filter(Sandbox::alive).count();
  }

  /** Ends every sandbox: the next invocation is a cold start. */
  public void reset() {
    all.forEach(Sandbox::close);
    all.removeIf(sandbox -> !sandbox.alive());
  }

  /** Ends every sandbox, those that are about to start, too. */
  @Override
  public void close() {
    closed = true;
    reset();
  }
}
