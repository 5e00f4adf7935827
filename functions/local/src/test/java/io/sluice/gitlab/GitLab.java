package io.sluice.gitlab;

import io.sluice.core.http.Headers;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A GitLab with the gateway's URL in its settings: what its features have in common. Immutable.
 *
 * @param model the model of every feature's setting; {@code null} where no setting names one
 * @param pause waits between tries
 */
public record GitLab(
    Wire wire, Instance instance, @Nullable ModelSetting model, Consumer<Duration> pause) {

  /** A call of Rails with an answer that is read as a whole. */
  Reply rails(String path, @Nullable JsonObject body, Patience patience) throws WireException {
    return send(instance.rails(), path, body, patience, _ -> {});
  }

  /** A call of Rails with an answer that is read as it comes. */
  Reply railsStream(String path, JsonObject body, Consumer<byte[]> fragments) throws WireException {
    return send(instance.rails(), path, body, Patience.RAILS, fragments);
  }

  /** A call of Workhorse. */
  Reply workhorse(String path, JsonObject body) throws WireException {
    return send(instance.workhorse(), path, body, Patience.WORKHORSE, _ -> {});
  }

  /** A call of an IDE. */
  Reply ide(String userToken, String path, JsonObject body) throws WireException {
    return send(instance.ide(userToken), path, body, Patience.IDE, _ -> {});
  }

  private Reply send(
      Headers headers,
      String path,
      @Nullable JsonObject body,
      Patience patience,
      Consumer<byte[]> fragments)
      throws WireException {
    return wire.send(
        "POST", path, headers, body == null ? "" : Json.text(body), patience, fragments);
  }

  /** The body of a prompt's call: {@code model_metadata} only where a setting names a model. */
  JsonObject.Builder promptBody(JsonObject inputs) {
    return JsonObject.builder()
        .put("inputs", inputs)
        .put("prompt_version", "^1.0.0")
        .putPresent("model_metadata", model == null ? null : model.metadata());
  }
}
