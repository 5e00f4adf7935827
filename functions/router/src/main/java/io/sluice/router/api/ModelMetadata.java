package io.sluice.router.api;

import io.sluice.config.RequestedModel;
import io.sluice.core.json.JsonObject;
import io.sluice.core.model.Secret;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the model that a request names (contract 3.1 and 7.1). */
public final class ModelMetadata {

  static final int MAX_NAME = 255;
  static final int MAX_KEY = 2000;
  static final int MAX_IDENTIFIER = 1000;

  private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^\\s/?#]+\\S*");

  private ModelMetadata() {}

  /**
   * The member {@code model_metadata}, {@code null} when the body has none or names no model in it.
   *
   * @throws InvalidRequestException if it is malformed; every caller is told how
   */
  public static @Nullable RequestedModel of(JsonObject body) throws InvalidRequestException {
    Fields fields = Fields.of(body);
    RequestedModel model = read(fields);
    fields.check();
    return model;
  }

  static @Nullable RequestedModel read(Fields body) {
    Fields metadata = body.disclosed().object("model_metadata");
    if (metadata == null) {
      return null;
    }
    String provider = metadata.requiredText("provider", MAX_NAME);
    String name = metadata.text("name", MAX_NAME);
    metadata.text("feature_setting", MAX_NAME);
    metadata.text("role_arn", MAX_NAME);
    return requested(
        provider,
        name,
        endpoint(metadata, "endpoint"),
        metadata.text("api_key", MAX_KEY),
        metadata.text("identifier", MAX_IDENTIFIER));
  }

  /** A base URL; blank counts as absent. What is no URL is told to every caller. */
  static @Nullable String endpoint(Fields fields, String name) {
    String endpoint = fields.text(name, Integer.MAX_VALUE);
    if (endpoint != null && !endpoint.isBlank()) {
      if (endpoint.codePointCount(0, endpoint.length()) > MAX_NAME) {
        fields.disclosed().problem(name, "must have at most %d characters".formatted(MAX_NAME));
      } else if (!URL.matcher(endpoint).matches()) {
        fields.disclosed().problem(name, "must be a URL such as https://llm.corp.example/v1");
      }
    }
    return endpoint;
  }

  /** The model of these members, blank ones absent; {@code null} when they name none. */
  static @Nullable RequestedModel requested(
      @Nullable String provider,
      @Nullable String name,
      @Nullable String endpoint,
      @Nullable String apiKey,
      @Nullable String identifier) {
    String family = present(name);
    String url = present(endpoint);
    String id = present(identifier);
    if (family == null && url == null && id == null) {
      return null;
    }
    String key = present(apiKey);
    return new RequestedModel(
        present(provider), family, url, key == null ? null : new Secret(key), id);
  }

  static @Nullable String present(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
