package io.sluice.router.route;

import io.sluice.core.json.JsonObject;
import io.sluice.router.api.InvalidRequestException;
import io.sluice.router.error.ErrorCode;
import io.sluice.router.error.RefusalException;

/** A route whose requests are judged but not answered yet. Thread-safe. */
public final class UnservedRoute implements ApiRoute {

  /** Reads a body. */
  @FunctionalInterface
  public interface Schema {
    Object read(JsonObject body) throws InvalidRequestException;
  }

  private final String name;
  private final Schema schema;

  /**
   * @param name the route, for the answer
   * @param schema what its bodies must be
   */
  public UnservedRoute(String name, Schema schema) {
    this.name = name;
    this.schema = schema;
  }

  @Override
  public void handle(ApiRequest request) throws InvalidRequestException, RefusalException {
    schema.read(request.body());
    throw new RefusalException(
        501, ErrorCode.NOT_SERVED, name + " is not served by this version of the gateway");
  }
}
