package io.sluice.config.store;

/** A YAML document that can't be read. The message holds none of its content. */
final class MalformedYamlException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;

  MalformedYamlException(int line, String message) {
    super(message);
    this.line = line;
  }

  int line() {
    return line;
  }
}
