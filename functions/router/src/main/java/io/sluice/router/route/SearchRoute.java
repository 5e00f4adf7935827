package io.sluice.router.route;

import io.sluice.config.Admission;
import io.sluice.core.audit.AuditTrail;
import io.sluice.core.http.HttpResponse;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.docs.Documentation;
import io.sluice.docs.Findings;
import io.sluice.docs.Passage;
import io.sluice.router.api.InvalidRequestException;
import io.sluice.router.api.SearchRequest;
import io.sluice.router.error.ErrorCode;
import io.sluice.router.error.RefusalException;
import java.io.IOException;
import java.util.List;

/**
 * {@code POST /v1/search/gitlab-docs} (contract 6.2): passages of the documentation, without a
 * model. Nothing is found where there is no index. Thread-safe.
 */
public final class SearchRoute implements ApiRoute {

  private static final String FEATURE = "documentation_search";
  private static final String UNIT_PRIMITIVE = "documentation_search";
  private static final String PROVIDER = "lucene";

  private final Desk desk;
  private final Documentation documentation;

  public SearchRoute(Desk desk, Documentation documentation) {
    this.desk = desk;
    this.documentation = documentation;
  }

  @Override
  public void handle(ApiRequest request)
      throws InvalidRequestException, RefusalException, IOException {
    SearchRequest asked = SearchRequest.read(request.body());
    request.require(UNIT_PRIMITIVE, "Unauthorized to search documentations");
    Admission.Admitted admitted = desk.routing().admitted(request, FEATURE);
    if (!request.exchange().open(admitted.refuseUnaudited())) {
      return;
    }
    Findings findings = search(asked);
    record(request, admitted, asked, findings);
    request.exchange().send(answer(findings));
  }

  private Findings search(SearchRequest asked) throws RefusalException {
    try {
      return documentation.search(asked.query(), asked.pageSize());
    } catch (IOException e) {
      throw new RefusalException(
          503,
          ErrorCode.DOCS_INDEX,
          "The documentation's index can't be read; the gateway's log and audit record say why",
          String.valueOf(e.getMessage()));
    }
  }

  private static void record(
      ApiRequest request, Admission.Admitted admitted, SearchRequest asked, Findings findings) {
    AuditTrail trail = request.exchange().trail();
    trail.documentation(findings.index(), findings.passages().size());
    if (admitted.logContent() && request.verbose()) {
      trail.content(
          JsonObject.builder()
              .put("prompt", asked.query())
              .put("answer", JsonArray.of(findings.passages().stream().map(Passage::id).toList()))
              .build());
    }
  }

  private HttpResponse answer(Findings findings) {
    List<JsonObject> results = findings.passages().stream().map(SearchRoute::result).toList();
    return HttpResponse.json(
        200,
        JsonObject.builder()
            .put("response", JsonObject.builder().put("results", JsonArray.of(results)).build())
            .put(
                "metadata",
                JsonObject.builder().put("provider", PROVIDER).put("timestamp", desk.now()).build())
            .build());
  }

  /** GitLab takes the link from {@code filename} unless {@code source_url} says another. */
  private static JsonObject result(Passage passage) {
    JsonObject.Builder metadata =
        JsonObject.builder()
            .put("filename", passage.filename())
            .put("title", passage.title())
            .put("source_url", passage.url())
            .put("Header1", passage.title());
    int level = 1;
    for (String heading : passage.headings()) {
      metadata.put("Header" + ++level, heading);
    }
    return JsonObject.builder()
        .put("id", passage.id())
        .put("content", passage.content())
        .put("metadata", metadata.build())
        .build();
  }
}
