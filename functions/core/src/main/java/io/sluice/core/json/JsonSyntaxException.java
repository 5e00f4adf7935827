package io.sluice.core.json;

/** Bytes that are no acceptable JSON document. The message names the place, never the content. */
public final class JsonSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  public JsonSyntaxException(String message) {
    super(message);
  }
}
