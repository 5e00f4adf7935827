package io.sluice.gitlab;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import java.util.List;

/** The search in GitLab's documentation (client 3.5). */
public final class DocumentationSearch {

  private final GitLab gitLab;

  public DocumentationSearch(GitLab gitLab) {
    this.gitLab = gitLab;
  }

  /**
   * The documents that were found, as they came; may be none.
   *
   * @throws DuoException if the answer holds no list of them
   */
  public List<JsonObject> search(String query) throws DuoException {
    JsonObject body =
        JsonObject.builder()
            .put("type", "search-docs")
            .put("metadata", metadata())
            .put("payload", JsonObject.builder().put("query", query).build())
            .build();
    try {
      Reply reply = gitLab.rails("/v1/search/gitlab-docs", body, Patience.RAILS);
      JsonObject response = reply.object().object("response");
      JsonArray results = response == null ? null : response.array("results");
      if (!reply.success() || results == null) {
        throw new DuoException("M4001", reply.status(), "no results: " + reply.body());
      }
      return results.items().stream().map(DocumentationSearch::document).toList();
    } catch (WireException e) {
      throw new DuoException("M4001", 0, String.valueOf(e.getMessage()));
    }
  }

  private JsonObject metadata() {
    return JsonObject.builder()
        .put("source", "GitLab EE")
        .put("version", gitLab.instance().version())
        .build();
  }

  private static JsonObject document(JsonValue value) {
    return value instanceof JsonObject object ? object : JsonObject.EMPTY;
  }
}
