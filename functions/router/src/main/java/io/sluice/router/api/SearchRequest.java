package io.sluice.router.api;

import io.sluice.core.json.JsonObject;

/**
 * A request of {@code /v1/search/gitlab-docs} (contract 6.2). Immutable.
 *
 * @param query the words to search
 * @param pageSize the most results, 1 to 20
 */
public record SearchRequest(String query, int pageSize) {

  private static final int DEFAULT_PAGE = 4;
  private static final int LARGEST_PAGE = 20;

  /** Reads a request. */
  public static SearchRequest read(JsonObject body) throws InvalidRequestException {
    Fields fields = Fields.of(body);
    fields.requiredText("type", 100);
    Fields metadata = fields.requiredObject("metadata");
    metadata.requiredText("source", 100);
    metadata.requiredText("version", 100);
    Fields payload = fields.requiredObject("payload");
    String query = payload.requiredText("query", 400_000);
    long page = DEFAULT_PAGE;
    if (payload.has("page_size")) {
      payload.require("page_size"); // contract 6.2: null is an error
      Long asked = payload.whole("page_size");
      if (asked != null) {
        page = asked;
      }
      if (page < 1 || page > LARGEST_PAGE) {
        payload.problem("page_size", "must be 1 to %d".formatted(LARGEST_PAGE));
      }
    }
    fields.check();
    return new SearchRequest(query, (int) page);
  }
}
