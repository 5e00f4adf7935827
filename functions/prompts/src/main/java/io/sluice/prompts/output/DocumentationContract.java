package io.sluice.prompts.output;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonNumber;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import java.util.HashSet;
import java.util.Set;

/**
 * An answer from documents (contract 4.5): prose, then a line of the input {@code content_id} and a
 * colon, then {@code CNT-IDX-} and the id of each document that was used. The prose is given on as
 * it is made, the sources when they are whole: an id that was not among the documents goes. Never
 * broken: an answer without sources is one, too.
 */
final class DocumentationContract implements OutputContract {

  private static final String USUAL_HEADER = "ATTRS";

  @Override
  public Verdict judge(String answer, JsonObject inputs) {
    AnswerFilter filter = filter(inputs);
    String certain = filter.push(answer);
    Verdict verdict = filter.finish();
    String text = certain + verdict.text();
    return verdict instanceof Repaired repaired
        ? new Repaired(text, repaired.repair())
        : new Kept(text);
  }

  @Override
  public boolean gathers() {
    return false;
  }

  @Override
  public AnswerFilter filter(JsonObject inputs) {
    String header = inputs.text("content_id", "").strip();
    return new DocumentationFilter(
        new SourceLines(header.isEmpty() ? USUAL_HEADER : header, ids(inputs)));
  }

  private static Set<String> ids(JsonObject inputs) {
    Set<String> ids = new HashSet<>();
    JsonArray documents = inputs.array("documents");
    if (documents != null) {
      for (JsonValue document : documents) {
        if (document instanceof JsonObject object) {
          switch (object.get("id")) {
            case JsonString id when !id.value().isBlank() -> ids.add(id.value());
            case JsonNumber id -> ids.add(id.text());
            case null, default -> {}
          }
        }
      }
    }
    return ids;
  }
}
