package io.sluice.router.route;

import io.sluice.core.json.JsonObject;
import io.sluice.router.api.InvalidRequestException;
import io.sluice.router.error.ErrorCode;
import io.sluice.router.error.RefusalException;
import java.util.List;

/** A route whose requests are judged but not answered yet. Thread-safe. */
public final class UnservedRoute implements ApiRoute {

  /** Reads a body. */
  @FunctionalInterface
  public interface Schema {
    Object read(JsonObject body) throws InvalidRequestException;
  }

  private final String name;
  private final Schema schema;
  private final List<String> unitPrimitives;
  private final String forbidden;

  /**
   * @param name the route, for the answer
   * @param schema what its bodies must be
   * @param unitPrimitives the scopes of which a caller needs one (contract 2.6)
   * @param forbidden what a caller without them is told
   */
  public UnservedRoute(String name, Schema schema, List<String> unitPrimitives, String forbidden) {
    this.name = name;
    this.schema = schema;
    this.unitPrimitives = List.copyOf(unitPrimitives);
    this.forbidden = forbidden;
  }

  @Override
  public void handle(ApiRequest request) throws InvalidRequestException, RefusalException {
    schema.read(request.body());
    if (unitPrimitives.stream().noneMatch(request.caller()::can)) {
      throw RefusalException.forbidden(forbidden);
    }
    throw new RefusalException(
        501, ErrorCode.NOT_SERVED, name + " is not served by this version of the gateway");
  }
}
