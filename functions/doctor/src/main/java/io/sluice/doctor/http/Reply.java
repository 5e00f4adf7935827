package io.sluice.doctor.http;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An answer with the time of each of its parts. Immutable.
 *
 * @param head from sending the request to the answer's head
 * @param total from sending the request to the answer's end
 * @param complete whether the body came to its end in order
 */
public record Reply(
    int status,
    HttpHeaders headers,
    Duration head,
    List<Arrival> arrivals,
    Duration total,
    boolean complete) {

  public Reply {
    arrivals = List.copyOf(arrivals);
  }

  /** The whole body. */
  public String body() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    arrivals.forEach(piece -> all.writeBytes(piece.bytes()));
    return all.toString(StandardCharsets.UTF_8);
  }

  /** The body where it is a JSON object. */
  public Optional<JsonObject> json() {
    try {
      return Json.read(body()) instanceof JsonObject object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JsonSyntaxException e) {
      return Optional.empty();
    }
  }

  /** A header's first value; empty where there is none. */
  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /** Status and beginning of the body, for a finding. */
  public String summary() {
    String body = body();
    return body.isEmpty()
        ? Integer.toString(status)
        : status + ": " + (body.length() > 300 ? body.substring(0, 300) + "..." : body);
  }
}
