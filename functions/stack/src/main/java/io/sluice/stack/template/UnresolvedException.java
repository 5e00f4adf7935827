package io.sluice.stack.template;

/** Something in a template that can't be evaluated; the message names its place. */
public final class UnresolvedException extends RuntimeException {

  /**
   * @param place where it stands, such as {@code functions.json: Resources.Router.Properties.Code}
   */
  public UnresolvedException(String place, String problem) {
    super(place + ": " + problem);
  }
}
