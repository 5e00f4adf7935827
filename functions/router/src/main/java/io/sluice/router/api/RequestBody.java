package io.sluice.router.api;

import io.sluice.core.http.Body;
import io.sluice.core.http.HttpRequest;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads a request's body as the JSON object that every route expects. */
public final class RequestBody {

  /** Contract 2.1: any {@code application/<x>+json}, parameters allowed. */
  private static final Pattern JSON_TYPE =
      Pattern.compile("application/(json|[^\\s;/]+\\+json)\\s*(;.*)?");

  private RequestBody() {}

  /**
   * The body of a request that passed {@link io.sluice.core.exchange.Front#bodyProblem}.
   *
   * @throws InvalidRequestException if it is declared as anything but JSON, or is no JSON object
   */
  public static JsonObject of(HttpRequest request) throws InvalidRequestException {
    String type = request.headers().first("Content-Type", "").strip().toLowerCase(Locale.ROOT);
    if (!JSON_TYPE.matcher(type).matches()) {
      throw new InvalidRequestException("the Content-Type must be application/json");
    }
    if (!(request.body() instanceof Body.Complete body)) {
      throw new InvalidRequestException("the body is not complete");
    }
    try {
      if (Json.readLimited(body.bytes()) instanceof JsonObject object) {
        return object;
      }
    } catch (JsonSyntaxException e) {
      throw new InvalidRequestException(String.valueOf(e.getMessage()));
    }
    throw new InvalidRequestException("the body must be a JSON object");
  }
}
