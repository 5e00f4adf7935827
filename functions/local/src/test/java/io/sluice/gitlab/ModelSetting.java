package io.sluice.gitlab;

import io.sluice.core.json.JsonObject;

/**
 * A self-hosted model as an administrator typed it in (client 4.1).
 *
 * @param family GitLab's name of its family
 * @param apiKey empty for none
 * @param identifier such as {@code custom_openai/NAME}, empty for none
 */
public record ModelSetting(String family, String endpoint, String apiKey, String identifier) {

  /** {@code model_metadata} (client 4.2). */
  JsonObject metadata() {
    return JsonObject.builder()
        .put("provider", "openai")
        .put("name", family)
        .put("endpoint", endpoint)
        .put("api_key", apiKey)
        .put("identifier", identifier)
        .build();
  }

  /** The flat members of code completion (client 3.1). */
  JsonObject overlay() {
    return JsonObject.builder()
        .put("model_name", family)
        .put("model_endpoint", endpoint)
        .putPresent("model_api_key", apiKey.isEmpty() ? null : apiKey)
        .putPresent("model_identifier", identifier.isEmpty() ? null : identifier)
        .build();
  }

  @Override
  public String toString() {
    return family + " at " + endpoint;
  }
}
