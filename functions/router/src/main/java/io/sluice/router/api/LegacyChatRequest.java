package io.sluice.router.api;

import io.sluice.config.ModelFamily;
import io.sluice.config.RequestedModel;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.model.Message;
import io.sluice.core.model.Sampling;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request of {@code /v1/chat/{invokable}} (contract 5.6). Immutable.
 *
 * @param messages what to answer
 * @param sampling how
 * @param stream whether the answer is wanted as it is made
 * @param model the model that the request names, {@code null} when it names none
 */
public record LegacyChatRequest(
    List<Message> messages, Sampling sampling, boolean stream, @Nullable RequestedModel model) {

  /** What {@code litellm} gets whatever the request says, and everybody where it says nothing. */
  private static final Sampling USUAL = new Sampling(0.2, 0.95, 2048, List.of());

  private static final double TEMPERATURE = 0.2;
  private static final int MAX_TOKENS = 8192;
  private static final List<String> STOP = List.of("\n\nHuman", "Observation:");

  private static final int MAX_CONTENT = 400_000;
  private static final List<String> PROVIDERS = List.of("anthropic", "litellm");

  public LegacyChatRequest {
    messages = List.copyOf(messages);
  }

  /** Reads a request. */
  public static LegacyChatRequest read(JsonObject body) throws InvalidRequestException {
    Fields fields = Fields.of(body);
    boolean stream = fields.flag("stream");
    fields.require("prompt_components");
    List<Message> messages = List.of();
    RequestedModel model = null;
    Sampling sampling = USUAL;
    for (Fields component : fields.objects("prompt_components", 1, 1)) {
      component.requiredText("type", 100);
      Fields metadata = component.requiredObject("metadata");
      metadata.requiredText("source", 100);
      metadata.requiredText("version", 100);
      Fields payload = component.requiredObject("payload");
      messages = content(payload);
      model = model(payload);
      Sampling wanted = parameters(payload.object("params"));
      sampling = "litellm".equals(payload.text("provider", MAX_CONTENT)) ? USUAL : wanted;
    }
    fields.check();
    return new LegacyChatRequest(messages, sampling, stream, model);
  }

  private static List<Message> content(Fields payload) {
    payload.require("content");
    if (payload.json().get("content") instanceof JsonArray) {
      return GivenMessages.read(payload, "content", 1, 100, MAX_CONTENT);
    }
    String text = payload.text("content", MAX_CONTENT);
    return text == null ? List.of() : List.of(Message.user(text));
  }

  private static @Nullable RequestedModel model(Fields payload) {
    String provider = payload.word("provider", PROVIDERS);
    String name = payload.text("model", ModelMetadata.MAX_NAME);
    boolean known = name == null || ModelFamily.named(name).isPresent() || name.contains("-");
    if (!known) {
      payload.problem("model", "must be a model family");
    }
    return ModelMetadata.requested(
        provider,
        name,
        ModelMetadata.endpoint(payload, "model_endpoint"),
        payload.text("model_api_key", ModelMetadata.MAX_KEY),
        payload.text("model_identifier", ModelMetadata.MAX_IDENTIFIER));
  }

  private static Sampling parameters(@Nullable Fields parameters) {
    if (parameters == null) {
      return USUAL;
    }
    List<String> stop = parameters.texts("stop_sequences", 1, 10, 225);
    double temperature = TEMPERATURE;
    if (parameters.holds("temperature")) {
      Double given = parameters.json().decimal("temperature");
      if (given == null || given < 0 || given > 1) {
        parameters.problem("temperature", "must be 0 to 1");
      } else {
        temperature = given;
      }
    }
    Long tokens = parameters.whole("max_tokens_to_sample");
    if (tokens != null && (tokens < 1 || tokens > 8192)) {
      parameters.problem("max_tokens_to_sample", "must be 1 to 8192");
    }
    return new Sampling(
        temperature,
        null,
        tokens == null || tokens > MAX_TOKENS ? MAX_TOKENS : tokens.intValue(),
        parameters.holds("stop_sequences") ? stop : STOP);
  }
}
