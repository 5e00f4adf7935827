package io.sluice.stack.function;

/** A function has no concurrency left: Lambda answers 429 and does not start the invocation. */
public final class ThrottledException extends Exception {

  ThrottledException(String function) {
    super("the reserved concurrency of " + function + " is used up");
  }
}
