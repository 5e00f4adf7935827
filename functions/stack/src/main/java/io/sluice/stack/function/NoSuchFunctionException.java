package io.sluice.stack.function;

/** A name, ARN or qualifier that no function of the stack has. */
public final class NoSuchFunctionException extends Exception {

  NoSuchFunctionException(String reference) {
    super("Function not found: " + reference);
  }
}
